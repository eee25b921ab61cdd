package io.centurions.capi.ledger;

import io.centurions.contracts.conversion.ConversionDispatched;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Ends conversions and announces it, in one transaction. One that has ended before stays as it is and is not announced
 * again, so that two workers that both got an answer settle once.
 */
@ApplicationScoped
public class SettleConversions {

    private static final String SETTLE = """
            UPDATE core.marketing_events
               SET status = $3, reason = $4::text, fbtrace_id = $5::text,
                   sent_at = CASE WHEN $3 = 'sent' THEN clock_timestamp() END,
                   calling_since = NULL, leased_by = NULL, leased_until = NULL, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = ANY($2) AND status = 'pending'
            RETURNING id, lead_id, deal_id, event_name, correlation_id, causation_id, traceparent
            """;

    private static final String PENDING_OF_LEAD = """
            SELECT id FROM core.marketing_events
             WHERE company_id = $1 AND lead_id = $2 AND status = 'pending'
               FOR UPDATE
            """;

    private final Outbox outbox;
    private final MeterRegistry metrics;

    SettleConversions(Outbox outbox, MeterRegistry metrics) {
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /**
     * @param reason  a code, null when sent
     * @param traceId of Meta's answer, null without one
     * @return how many of them ended now
     */
    public int settle(Tx tx, Collection<ConversionId> ids, ConversionStatus status, String reason, String traceId) {
        if (ids.isEmpty()) {
            return 0;
        }
        List<Row> ended =
                tx.query(SETTLE, tx.company().value(), ConversionRepository.uuids(ids), status.code(), reason, traceId);
        ended.forEach(row -> announce(tx, row, status, reason));
        tx.afterCommit(() -> metrics.counter("conversions_settled_total", "outcome", status.code())
                .increment(ended.size()));
        return ended.size();
    }

    /** Ends what was still to be told of a lead. */
    public int settleAllOf(Tx tx, LeadId lead, ConversionStatus status, String reason) {
        List<ConversionId> pending = tx.query(PENDING_OF_LEAD, tx.company().value(), lead.value()).stream()
                .map(row -> ConversionId.of(row.getUUID("id")))
                .toList();
        return settle(tx, pending, status, reason, null);
    }

    // Under the trace of the fact, not of this batch: the chain from the ad click to the conversion stays one.
    private void announce(Tx tx, Row row, ConversionStatus status, String reason) {
        UUID deal = row.getUUID("deal_id");
        var told = new ConversionDispatched(
                ConversionId.of(row.getUUID("id")),
                LeadId.of(row.getUUID("lead_id")),
                deal == null ? null : DealId.of(deal),
                row.getString("event_name"),
                status.outcome(),
                reason);
        var trace = new Trace(row.getUUID("correlation_id"), row.getUUID("causation_id"), row.getString("traceparent"));
        Trace.run(trace, () -> outbox.append(tx, told));
    }
}
