package io.centurions.runtime.deliver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Claims and settles bubbles through the functions that see takeover, fence, consent and window under the conversation's lock.
 * Each is one round trip that also stores the events which follow from it.
 */
@ApplicationScoped
class BubbleRepository {

    private static final String CLAIM_CONVERSATIONS =
            "SELECT * FROM core.claim_deliveries_v1($1::text[], $2, $3::text::interval)";

    private static final String CLAIM_BUBBLE = """
            WITH b AS MATERIALIZED (SELECT * FROM core.claim_bubble_v1($1, $2, $3::text::interval, $4::text::interval)),
                 s AS MATERIALIZED (SELECT core.append_events_runtime_v1(b.events) FROM b)
            SELECT b.verdict, b.bubble_id, b.kind, b.text, (b.media)::text AS media, b.wait_ms, b.attempt,
                   b.events @> '[{"payload": {"state": "UNKNOWN"}}]' AS unknown
              FROM b, s
            """;

    private static final String SETTLE = """
            WITH r AS MATERIALIZED (SELECT core.settle_bubble_v2($1, $2, $3, $4::text, $5::text, $6::text::interval) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_runtime_v1(r.out->'events') FROM r)
            SELECT (r.out->>'settled')::boolean AS settled, r.out->'events' @> '[{"payload": {"state": "UNKNOWN"}}]' AS unknown
              FROM r, s
            """;

    private static final String RENEW = """
            WITH r AS MATERIALIZED (SELECT core.renew_delivery_v1($1, $2, $3::text::interval) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_runtime_v1(r.out->'events') FROM r)
            SELECT (r.out->>'delivery_fence')::bigint AS delivery_fence FROM r, s
            """;

    private static final String COUNT_REPEAT =
            "SELECT core.repeat_bubble_v1($1, $2, $3::text::interval, $4::text::interval) AS allowed";

    private final Database database;
    private final Relay relay;
    private final ObjectMapper json;
    private final Counter unknown;

    BubbleRepository(Database database, Relay relay, ObjectMapper json, MeterRegistry meters) {
        this.database = database;
        this.relay = relay;
        this.json = json;
        this.unknown = meters.counter("bubble_unknown_final_total");
    }

    List<Delivery> claimConversations(String[] channels, int most, Duration lease) {
        return database.call(CLAIM_CONVERSATIONS, channels, most, lease.toString()).stream()
                .map(Delivery::of)
                .toList();
    }

    Verdict claimNext(Delivery delivery, Duration lease, Duration callTimeout) {
        Row row = database.onceAsCompany(
                        delivery.company(),
                        CLAIM_BUBBLE,
                        delivery.conversation().value(),
                        delivery.fence(),
                        lease.toString(),
                        callTimeout.toString())
                .getFirst();
        relay.wakeSoon();
        countUnknown(row);
        return switch (row.getString("verdict")) {
            case "send" -> new Verdict.Send(bubble(row));
            case "resolve" -> new Verdict.Resolve(bubble(row));
            case "wait" -> new Verdict.Wait(Duration.ofMillis(row.getInteger("wait_ms")));
            default -> new Verdict.None();
        };
    }

    /**
     * Writes down that a bubble is about to be called once more. Harmless to repeat before that call: what is counted beyond it only
     * keeps others from calling.
     *
     * @return false when it must not be called
     */
    boolean countRepeat(Delivery delivery, MessageId bubble, Duration lease, Duration callTimeout) {
        return database.onceAsCompany(
                        delivery.company(),
                        COUNT_REPEAT,
                        bubble.value(),
                        delivery.fence(),
                        lease.toString(),
                        callTimeout.toString())
                .getFirst()
                .getBoolean("allowed");
    }

    /** How a call ended. @param retryAfter for what comes again later: how long the provider asked us to wait; else null */
    record Settlement(String outcome, String providerMessageId, String reason, Duration retryAfter) {}

    /** @return false when the bubble was no longer ours to settle */
    boolean settle(Delivery delivery, MessageId bubble, Settlement ended) {
        Row row = database.onceAsCompany(
                        delivery.company(),
                        SETTLE,
                        bubble.value(),
                        delivery.fence(),
                        ended.outcome(),
                        ended.providerMessageId(),
                        ended.reason(),
                        ended.retryAfter() == null ? null : ended.retryAfter().toString())
                .getFirst();
        relay.wakeSoon();
        countUnknown(row);
        return row.getBoolean("settled");
    }

    /** Takes back what a claim of ours may have done whose answer was lost; none when the delivery is not ours any more. */
    Verdict renew(Delivery delivery, Duration lease) {
        Long fence = database.onceAsCompany(
                        delivery.company(), RENEW, delivery.conversation().value(), delivery.fence(), lease.toString())
                .getFirst()
                .getLong("delivery_fence");
        relay.wakeSoon();
        return fence == null ? new Verdict.None() : new Verdict.Again(delivery.under(fence));
    }

    /** Gives the conversation back, so that the next reply does not wait for the lease to end. */
    void release(Delivery delivery) {
        database.onceAsCompany(
                delivery.company(),
                "SELECT core.release_delivery_v1($1, $2)",
                delivery.conversation().value(),
                delivery.fence());
    }

    // Neither provider can be asked: from here on only an echo, where there is one, can tell.
    private void countUnknown(Row row) {
        if (row.getBoolean("unknown")) {
            unknown.increment();
        }
    }

    private Verdict.Bubble bubble(Row row) {
        return new Verdict.Bubble(
                MessageId.of(row.getUUID("bubble_id")),
                new Courier.Content(row.getString("kind"), row.getString("text"), mediaUrl(row.getString("media"))),
                row.getInteger("attempt"));
    }

    private String mediaUrl(String media) {
        try {
            return media == null ? null : json.readTree(media).path("url").textValue();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a jsonb column held something that is not JSON", impossible);
        }
    }
}
