package io.centurions.backoffice.centurion;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.contracts.centurion.CenturionConfigUpdated;
import io.centurions.contracts.id.CenturionId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Makes the draft what the runtime obeys, and says so. A draft with faults stays a draft. */
@ApplicationScoped
class PublishCenturion {

    private final CenturionRepository centurions;
    private final Outbox outbox;
    private final AuditLog audit;

    PublishCenturion(CenturionRepository centurions, Outbox outbox, AuditLog audit) {
        this.centurions = centurions;
        this.outbox = outbox;
        this.audit = audit;
    }

    CenturionView publish(Tx tx, UUID id) {
        var before = centurions.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("centurion"));
        var faults = Publishable.faults(before.draft());
        if (!faults.isEmpty()) {
            throw Problem.unprocessable("centurion-not-publishable", String.join("; ", faults));
        }
        centurions.publish(tx, id);
        var after = centurions.find(tx, id).orElseThrow();
        outbox.append(tx, new CenturionConfigUpdated(CenturionId.of(id), after.publishedVersion()));
        audit.write(tx, "centurion.publish", id, before, after);
        return after;
    }
}
