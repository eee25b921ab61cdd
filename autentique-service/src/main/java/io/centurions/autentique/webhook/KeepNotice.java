package io.centurions.autentique.webhook;

import io.centurions.autentique.autentique.Notice.AboutDocument;
import io.centurions.autentique.contract.DueSignal;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Stores a notice at its contract, once, and makes the contract due; what it means is confirmed by the loop. */
@ApplicationScoped
class KeepNotice {

    private static final String INSERT = """
            INSERT INTO core.contract_events (company_id, contract_id, provider_event_id, type, payload, occurred_at)
            VALUES ($1, $2, $3, $4, $5::text::jsonb, $6::timestamptz)
                ON CONFLICT (company_id, provider_event_id) DO NOTHING""";

    /** A contract that is decided is not looked at again, whatever is still told about it. */
    private static final String MAKE_DUE = """
            UPDATE core.contracts
               SET notices = notices + 1, due_at = least(due_at, clock_timestamp())
             WHERE company_id = $1 AND id = $2 AND status = 'sent'""";

    private final Database database;
    private final DueSignal due;

    KeepNotice(Database database, DueSignal due) {
        this.database = database;
        this.due = due;
    }

    Kept keep(AboutDocument notice) {
        List<Row> owners = owners(notice);
        if (owners.isEmpty()) {
            return Kept.UNKNOWN_DOCUMENT;
        }
        UUID contract = owners.getFirst().getUUID("contract_id");
        return database.asCompany(
                CompanyId.of(owners.getFirst().getUUID("company_id")), tx -> store(tx, contract, notice));
    }

    // The name carries our id before the answer to the document's making has told us the document's.
    private List<Row> owners(AboutDocument notice) {
        List<Row> owners = database.call(
                "SELECT contract_id, company_id FROM core.find_contract_by_document_v1($1)", notice.document());
        return owners.isEmpty() && notice.reference() != null
                ? database.call(
                        "SELECT contract_id, company_id FROM core.find_contract_by_reference_v1($1)",
                        notice.reference())
                : owners;
    }

    private Kept store(Tx tx, UUID contract, AboutDocument notice) {
        int stored = tx.execute(
                INSERT,
                tx.company().value(),
                contract,
                notice.eventId(),
                notice.type(),
                notice.kept(),
                notice.occurredAt() == null ? null : notice.occurredAt().atOffset(ZoneOffset.UTC));
        if (stored == 0) {
            return Kept.REPEATED;
        }
        tx.execute(MAKE_DUE, tx.company().value(), contract);
        tx.afterCommit(due::ring);
        return Kept.STORED;
    }

    /** How it ended; all three are answered 200. */
    enum Kept {
        STORED,
        REPEATED,
        UNKNOWN_DOCUMENT
    }
}
