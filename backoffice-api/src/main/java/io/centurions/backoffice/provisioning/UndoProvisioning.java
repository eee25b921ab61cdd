package io.centurions.backoffice.provisioning;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Takes back what was made of a company that never became active: its schema is dropped if we made it and
 * nobody wrote into it, and the company is archived. One transaction: it happens whole or not at all, and a
 * making under way stops at its next step. Its part of the storage goes after the commit; where that fails,
 * the same request again goes on with it. The draft of its Centurion stays, as all rows of an archived
 * company do.
 */
@ApplicationScoped
class UndoProvisioning {

    private static final String UNDO_SCHEMA = "SELECT core.undo_company_schema_v1($1) AS outcome";

    private static final String HOLDS_FILES = "SELECT 1 FROM core.files WHERE company_id = $1 LIMIT 1";

    private static final String ARCHIVE = """
            UPDATE core.companies
               SET status = 'archived', archived_at = clock_timestamp(), status_reason = 'its making was undone',
                   version = version + 1, updated_at = clock_timestamp()
             WHERE id = $1 AND status IN ('provisioning', 'failed')
            """;

    private final CompanyDoor door;
    private final ProvisioningRepository rows;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Storage storage;

    UndoProvisioning(CompanyDoor door, ProvisioningRepository rows, Outbox outbox, AuditLog audit, Storage storage) {
        this.door = door;
        this.rows = rows;
        this.outbox = outbox;
        this.audit = audit;
        this.storage = storage;
    }

    ProvisioningView undo(UUID company, IfMatch seen) {
        ProvisioningView undone = inDatabase(company, seen);
        storage.close(CompanyId.of(company));
        return undone;
    }

    private ProvisioningView inDatabase(UUID company, IfMatch seen) {
        try {
            return door.enter(company, Deed.ENDS, tx -> undo(tx, seen));
        } catch (PgException e) {
            throw Problem.conflict("undo-refused", "the schema could not be dropped: " + Refusal.of(e));
        }
    }

    private ProvisioningView undo(Tx tx, IfMatch seen) {
        var before = rows.findForUpdate(tx).orElseThrow(() -> Problem.notFound("provisioning"));
        if (before.state().equals("undone")) {
            return before;
        }
        seen.check(before.version());
        dropSchema(tx);
        if (tx.first(HOLDS_FILES, tx.company().value()).isPresent()) {
            throw Problem.conflict("company-holds-files", "somebody keeps files for the company already");
        }
        if (tx.execute(ARCHIVE, tx.company().value()) == 0) {
            throw inUse();
        }
        rows.undo(tx);
        outbox.append(tx, new CompanyLifecycleChanged(tx.company(), CompanyLifecycleChanged.State.ARCHIVED));
        audit.write(
                tx,
                "company.provision-undo",
                tx.company().value(),
                Map.of("state", before.state()),
                Map.of("state", "undone"));
        return rows.find(tx).orElseThrow();
    }

    private static void dropSchema(Tx tx) {
        String outcome =
                tx.first(UNDO_SCHEMA, tx.company().value()).orElseThrow().getString("outcome");
        switch (outcome) {
            case "dropped", "none" -> {}
            case "in-use" -> throw inUse();
            case "not-ours" ->
                throw Problem.conflict("schema-not-ours", "the schema holds things that we did not make");
            case "holds-rows" -> throw Problem.conflict("schema-holds-rows", "somebody wrote into the schema already");
            case "rows-unknown" ->
                throw Problem.conflict(
                        "schema-holds-rows", "nobody knows any more whether only our steps wrote into it");
            default -> throw new IllegalStateException("core.undo_company_schema_v1 answered " + outcome);
        }
    }

    private static RuntimeException inUse() {
        return Problem.conflict("provisioning-finished", "the company is made; archive it instead");
    }
}
