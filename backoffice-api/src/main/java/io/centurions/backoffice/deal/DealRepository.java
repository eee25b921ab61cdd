package io.centurions.backoffice.deal;

import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Deals in a company's schema. Each write fires the deal trigger there, which mirrors the deal and writes its
 * events; the trigger learns from here what caused it.
 */
@ApplicationScoped
class DealRepository {

    private static final String TRACE = "SELECT set_config('centurions.trace', $1, true)";

    private static final String RECEIVE = "SELECT {schema}.fn_receive_lead($1, $2, $3::text::jsonb) AS deal";

    // Any write makes the trigger mirror the deal; without a change of status it tells no event. Served by the
    // unique key of lead and hand-off.
    private static final String MIRROR = """
            UPDATE {schema}.deals d
               SET stage = d.stage
             WHERE d.company_id = $1 AND d.core_lead_id = $2
               AND NOT EXISTS (SELECT FROM core.deals_index i WHERE i.company_id = $1 AND i.deal_id = d.id)
            """;

    private static final String ONE = """
            SELECT score, summary, won_at, lost_at, lost_reason, version
              FROM {schema}.deals
             WHERE company_id = $1 AND id = $2
            """;

    private static final String ACTIVITIES = """
            SELECT id, kind, title, body, at
              FROM {schema}.activities
             WHERE company_id = $1 AND deal_id = $2
             ORDER BY at DESC, id DESC
             LIMIT 100
            """;

    private static final String VERSION = """
            SELECT version
              FROM {schema}.deals
             WHERE company_id = $1 AND id = $2
               FOR UPDATE
            """;

    private static final String CHANGE = """
            UPDATE {schema}.deals
               SET value_cents = coalesce($3::bigint, value_cents), stage = coalesce($4::text, stage),
                   status = coalesce($5::text, status), lost_reason = coalesce($6::text, lost_reason)
             WHERE company_id = $1 AND id = $2
            """;

    // The contract that was signed stays the deal's, whichever is made after it.
    private static final String CONTRACT = """
            UPDATE {schema}.deals
               SET contract_id = $3
             WHERE company_id = $1 AND id = $2 AND status <> 'won' AND contract_id IS DISTINCT FROM $3
            """;

    private static final String WIN = """
            UPDATE {schema}.deals
               SET status = 'won', won_at = $4, contract_id = $3, lost_reason = NULL
             WHERE company_id = $1 AND id = $2 AND status <> 'won'
            """;

    // Once for each contract and kind, also when the fact is told by another event than the first.
    private static final String NOTE = """
            INSERT INTO {schema}.activities (id, deal_id, kind, title) VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING
            """;

    private final Relay relay;

    DealRepository(Relay relay) {
        this.relay = relay;
    }

    DealId receiveLead(Tx tx, CompanySchema schema, LeadId lead, HandoffId handoff, JsonObject briefing) {
        writing(tx);
        var made = tx.first(schema.in(RECEIVE), lead.value(), handoff.value(), briefing.encode())
                .orElseThrow();
        return DealId.of(made.getUUID("deal"));
    }

    /** Brings those deals of a lead back into the index that it has lost. @return how many */
    int mirror(Tx tx, CompanySchema schema, LeadId lead) {
        writing(tx);
        return tx.execute(schema.in(MIRROR), tx.company().value(), lead.value());
    }

    Optional<DealDetail> find(Tx tx, CompanySchema schema, DealView deal) {
        UUID company = tx.company().value();
        return tx.first(schema.in(ONE), company, deal.id()).map(row -> {
            var activities = tx.query(schema.in(ACTIVITIES), company, deal.id()).stream()
                    .map(DealDetail.ActivityView::of)
                    .toList();
            return DealDetail.of(deal, row, activities);
        });
    }

    /** Locks the deal, so that of two changes that were made for one version the second is told. */
    Optional<Integer> lockedVersion(Tx tx, CompanySchema schema, UUID deal) {
        return tx.first(schema.in(VERSION), tx.company().value(), deal)
                .map(row -> Math.toIntExact(row.getLong("version")));
    }

    boolean change(Tx tx, CompanySchema schema, UUID deal, DealChange change) {
        writing(tx);
        return tx.execute(
                        schema.in(CHANGE),
                        tx.company().value(),
                        deal,
                        change.valueCents(),
                        change.stage(),
                        change.status(),
                        change.lostReason())
                == 1;
    }

    void carryContract(Tx tx, CompanySchema schema, DealId deal, ContractId contract) {
        writing(tx);
        tx.execute(schema.in(CONTRACT), tx.company().value(), deal.value(), contract.value());
    }

    void win(Tx tx, CompanySchema schema, DealId deal, ContractId contract, Instant at) {
        writing(tx);
        tx.execute(schema.in(WIN), tx.company().value(), deal.value(), contract.value(), at.atOffset(ZoneOffset.UTC));
    }

    void note(Tx tx, CompanySchema schema, DealId deal, ContractId contract, String kind, String title) {
        UUID once = UUID.nameUUIDFromBytes((kind + ":" + contract).getBytes(StandardCharsets.UTF_8));
        tx.execute(schema.in(NOTE), once, deal.value(), kind, title);
    }

    private void writing(Tx tx) {
        Trace trace = Trace.current();
        var known = new JsonObject()
                .put("correlation_id", trace.correlationId().toString())
                .put("traceparent", trace.traceparent());
        if (trace.causationId() != null) {
            known.put("causation_id", trace.causationId().toString());
        }
        tx.query(TRACE, known.encode());
        tx.afterCommit(relay::wake);
    }
}
