package io.centurions.backoffice.provisioning;

import io.centurions.backoffice.centurion.FirstDraft;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** The Centurion that people begin with. It answers nobody until one of them completes and publishes it. */
@ApplicationScoped
class DraftCenturion implements Step {

    private final FirstDraft firstDraft;

    DraftCenturion(FirstDraft firstDraft) {
        this.firstDraft = firstDraft;
    }

    @Override
    public String name() {
        return "centurion";
    }

    @Override
    public void run(Tx tx, Person startedBy) {
        firstDraft.draft(tx, startedBy);
    }
}
