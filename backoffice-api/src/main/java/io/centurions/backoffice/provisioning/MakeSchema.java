package io.centurions.backoffice.provisioning;

import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The company's own schema by the steps of the template, with its entry in {@code core.company_crms}. A
 * schema of that name which we did not make is not taken over: the database refuses.
 */
@ApplicationScoped
class MakeSchema implements Step {

    private static final String MAKE = "SELECT template_version FROM core.provision_company_v1($1)";

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public void run(Tx tx, Person startedBy) {
        tx.query(MAKE, tx.company().value());
    }
}
