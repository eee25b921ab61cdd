package io.centurions.capi.ledger;

import io.centurions.capi.mapping.ActionSource;
import io.centurions.capi.mapping.Conversion;
import io.centurions.capi.mapping.Milestone;
import io.centurions.capi.mapping.Money;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The conversions of a company, and the lease under which one worker sends them. */
@ApplicationScoped
public class ConversionRepository {

    /**
     * The first fact wins: a repeat, a second signature or a win after the signature finds its row. A provider's clock
     * may run ahead of ours; Meta refuses what has not happened yet.
     */
    private static final String ADD = """
            INSERT INTO core.marketing_events
                   (company_id, id, milestone, lead_id, deal_id, event_name, dataset_id, event_id, action_source,
                    route_reason, fact_at, value_cents, currency, status, correlation_id, causation_id, traceparent)
            VALUES ($1, $2, $3, $4, $5::uuid, $6, $7, $8, $9,
                    $10::text, least($11, clock_timestamp()), $12::bigint, $13::text, 'pending',
                    $14, $15::uuid, $16::text)
            ON CONFLICT DO NOTHING
            """;

    private static final String CLAIM =
            "SELECT company_id, conversion_id FROM core.claim_conversions_v2($1, $2, $3::text::interval, $4, $5)";

    /** Asks for the company again: it may have been suspended since the claim. */
    private static final String HELD = """
            SELECT m.id, m.milestone, m.lead_id, m.deal_id, m.event_name, m.dataset_id, m.event_id, m.action_source,
                   m.fact_at, m.value_cents, m.currency, m.attempts,
                   coalesce(m.unknown_since, m.calling_since) AS unknown_since, clock_timestamp() AS read_at
              FROM core.marketing_events m
              JOIN core.companies c ON c.id = m.company_id AND c.status = 'active'
             WHERE m.company_id = $1 AND m.id = ANY($2) AND m.leased_by = $3 AND m.status = 'pending'
             ORDER BY m.fact_at, m.id
               FOR UPDATE OF m
            """;

    /**
     * Written before the call, so that a worker that dies during it leaves the doubt behind. A call that was kept back has
     * left its number, and its row, to this one.
     */
    private static final String START_CALL = """
            WITH lost AS (
                UPDATE core.dispatch_attempts
                   SET ended_at = clock_timestamp(), outcome = 'unknown', reason = 'worker_lost'
                 WHERE company_id = $1 AND conversion_id = ANY($2) AND ended_at IS NULL),
            calling AS (
                UPDATE core.marketing_events
                   SET unknown_since = coalesce(unknown_since, calling_since), calling_since = clock_timestamp(),
                       attempts = attempts + 1, updated_at = clock_timestamp()
                 WHERE company_id = $1 AND id = ANY($2)
                RETURNING company_id, id, attempts)
            INSERT INTO core.dispatch_attempts (company_id, conversion_id, number, batch_size)
            SELECT company_id, id, attempts, $3 FROM calling
                ON CONFLICT (company_id, conversion_id, number) DO UPDATE
               SET batch_size = excluded.batch_size, started_at = clock_timestamp(),
                   ended_at = NULL, outcome = NULL, reason = NULL, fbtrace_id = NULL
            """;

    private static final String END_CALL = """
            UPDATE core.dispatch_attempts
               SET ended_at = clock_timestamp(), outcome = $3, reason = $4::text, fbtrace_id = $5::text
             WHERE company_id = $1 AND conversion_id = ANY($2) AND ended_at IS NULL
            """;

    private static final String UNCOUNT_CALL = """
            UPDATE core.marketing_events
               SET attempts = attempts - 1
             WHERE company_id = $1 AND id = ANY($2) AND status = 'pending' AND leased_by = $3
            """;

    private static final String POSTPONE = """
            UPDATE core.marketing_events
               SET next_attempt_at = clock_timestamp() + $3::text::interval, reason = $4,
                   unknown_since = CASE WHEN $5 THEN coalesce(unknown_since, calling_since) ELSE unknown_since END,
                   calling_since = NULL, leased_by = NULL, leased_until = NULL, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = ANY($2) AND status = 'pending' AND leased_by = $6
            """;

    private final Database database;

    ConversionRepository(Database database) {
        this.database = database;
    }

    /**
     * Keeps a fact to be sent.
     *
     * @param routeReason why it goes as a record of ours, null where it goes as it should
     * @return false when it was there before
     */
    public boolean add(Tx tx, Conversion conversion, String routeReason) {
        Trace trace = Trace.current();
        Money money = conversion.money();
        return tx.execute(
                        ADD,
                        tx.company().value(),
                        conversion.id().value(),
                        conversion.milestone().code(),
                        conversion.lead().value(),
                        conversion.deal() == null ? null : conversion.deal().value(),
                        conversion.name(),
                        conversion.datasetId(),
                        conversion.eventId(),
                        conversion.source().code(),
                        routeReason,
                        conversion.factAt().atOffset(ZoneOffset.UTC),
                        money == null ? null : money.cents(),
                        money == null ? null : money.currency(),
                        trace.correlationId(),
                        trace.causationId(),
                        trace.traceparent())
                == 1;
    }

    /**
     * Leases what is due to one worker, fairly over companies. Committed when it returns.
     *
     * @param companies of how many companies at most
     * @param except    of these companies nothing
     */
    public List<Claimed> claim(String worker, int limit, Duration lease, int companies, Collection<CompanyId> except) {
        UUID[] served = except.stream().map(CompanyId::value).toArray(UUID[]::new);
        return database.call(CLAIM, worker, limit, lease.toString(), companies, served).stream()
                .map(row -> new Claimed(
                        CompanyId.of(row.getUUID("company_id")), ConversionId.of(row.getUUID("conversion_id"))))
                .toList();
    }

    /** What the worker still holds of these, oldest fact first, locked; nothing when the company was suspended. */
    public List<HeldConversion> held(Tx tx, String worker, Collection<ConversionId> ids) {
        return tx.query(HELD, tx.company().value(), uuids(ids), worker).stream()
                .map(ConversionRepository::held)
                .toList();
    }

    /** Notes that a call is about to be made for these. */
    public void startCall(Tx tx, Collection<ConversionId> ids) {
        tx.execute(START_CALL, tx.company().value(), uuids(ids), ids.size());
    }

    /** Notes how the call ended: accepted, later, unknown or refused. */
    public void endCall(Tx tx, Collection<ConversionId> ids, String outcome, String reason, String traceId) {
        tx.execute(END_CALL, tx.company().value(), uuids(ids), outcome, reason, traceId);
    }

    /** The call that was noted last was not made. To be told once, in the transaction that gives them back. */
    public void uncountCall(Tx tx, String worker, Collection<ConversionId> ids) {
        tx.execute(UNCOUNT_CALL, tx.company().value(), uuids(ids), worker);
    }

    /**
     * Gives these back, to be sent later.
     *
     * @param maybeStored whether Meta may have them all the same
     */
    public void postpone(
            Tx tx, String worker, Collection<ConversionId> ids, Duration wait, String reason, boolean maybeStored) {
        tx.execute(POSTPONE, tx.company().value(), uuids(ids), wait.toString(), reason, maybeStored, worker);
    }

    static UUID[] uuids(Collection<ConversionId> ids) {
        return ids.stream().map(ConversionId::value).toArray(UUID[]::new);
    }

    private static HeldConversion held(Row row) {
        UUID deal = row.getUUID("deal_id");
        Long cents = row.getLong("value_cents");
        OffsetDateTime unknownSince = row.getOffsetDateTime("unknown_since");
        var conversion = new Conversion(
                ConversionId.of(row.getUUID("id")),
                Milestone.of(row.getString("milestone")),
                LeadId.of(row.getUUID("lead_id")),
                deal == null ? null : DealId.of(deal),
                row.getString("event_name"),
                row.getString("dataset_id"),
                row.getUUID("event_id"),
                ActionSource.of(row.getString("action_source")),
                row.getOffsetDateTime("fact_at").toInstant(),
                cents == null ? null : new Money(cents, row.getString("currency")));
        return new HeldConversion(
                conversion,
                row.getInteger("attempts"),
                unknownSince == null ? null : unknownSince.toInstant(),
                row.getOffsetDateTime("read_at").toInstant());
    }
}
