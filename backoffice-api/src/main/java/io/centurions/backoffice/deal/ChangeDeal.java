package io.centurions.backoffice.deal;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Changes a deal for a person; the trigger of the company's schema announces what that means. */
@ApplicationScoped
class ChangeDeal {

    private static final String FOREIGN_KEY_VIOLATION = "23503";

    private final DealIndex index;
    private final DealRepository deals;
    private final AuditLog audit;

    ChangeDeal(DealIndex index, DealRepository deals, AuditLog audit) {
        this.index = index;
        this.deals = deals;
        this.audit = audit;
    }

    void change(Tx tx, UUID id, IfMatch version, DealChange change) {
        var schema = CompanySchema.of(tx).orElseThrow(() -> Problem.notFound("deal"));
        version.check(deals.lockedVersion(tx, schema, id).orElseThrow(() -> Problem.notFound("deal")));
        // Under the lock: what the trail says it was before is what was changed.
        var before = index.find(tx, id).orElseThrow(() -> Problem.notFound("deal"));
        try {
            if (!deals.change(tx, schema, id, change)) {
                throw Problem.notFound("deal");
            }
        } catch (PgException e) {
            if (FOREIGN_KEY_VIOLATION.equals(e.getSqlState())) {
                throw Problem.unprocessable("stage-unknown", "the company's board has no such stage");
            }
            throw e;
        }
        audit.write(tx, "deal.change", id, before, index.find(tx, id).orElseThrow());
    }
}
