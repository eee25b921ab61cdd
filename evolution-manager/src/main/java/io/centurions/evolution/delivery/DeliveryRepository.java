package io.centurions.evolution.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The functions of the conversation slice that guard a delivery. Events that they return enter our outbox in the same statement.
 */
@ApplicationScoped
class DeliveryRepository {

    private static final String[] WHATSAPP = {"whatsapp"};

    private static final String CLAIM_DELIVERIES = """
            SELECT company_id, conversation_id, instance_id, chat_ref, delivery_fence
              FROM core.claim_deliveries_v1($1, $2, $3::text::interval)
            """;

    private static final String CLAIM_BUBBLE = """
            WITH c AS MATERIALIZED (SELECT * FROM core.claim_bubble_v1($1, $2, $3::text::interval, $4::text::interval)),
                 s AS MATERIALIZED (SELECT core.append_events_evolution_v1(c.events) AS appended FROM c)
            SELECT c.verdict, c.bubble_id, c.kind, c.text, (c.media)::text AS media, c.wait_ms, s.appended FROM c, s
            """;

    // With the last of what was to be said the conversation is given back at once, by its fence: no claim has to
    // find out that nothing is left. A reply that is planned just then is claimed as any other.
    private static final String SETTLE = """
            WITH r AS MATERIALIZED (SELECT core.settle_bubble_v2($1, $2, $3, $4::text, $5::text, $6::text::interval) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_evolution_v1(r.out -> 'events') FROM r),
                 l AS MATERIALIZED (
                     SELECT NOT EXISTS (SELECT FROM core.messages m
                                         WHERE m.company_id = $7 AND m.conversation_id = $8 AND m.status IN ('planned', 'sending')
                                           AND m.id <> $1) AS last
                       FROM s)
            SELECT (r.out ->> 'settled')::boolean AS settled,
                   CASE WHEN l.last AND (r.out ->> 'settled')::boolean THEN core.release_delivery_v1($8, $2) ELSE false END AS released
              FROM r, s, l
            """;

    private static final String RENEW = """
            WITH r AS MATERIALIZED (SELECT core.renew_delivery_v1($1, $2, $3::text::interval) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_evolution_v1(r.out -> 'events') FROM r)
            SELECT (r.out ->> 'delivery_fence')::bigint AS delivery_fence FROM r, s
            """;

    private static final String RELEASE = "SELECT core.release_delivery_v1($1, $2)";

    private static final String OPENING = """
            SELECT i.evolution_name, i.keeps_messages, c.state <> 'human' AS machine_speaks
              FROM core.conversations c
              JOIN core.whatsapp_instances i ON i.company_id = c.company_id AND i.instance_id = c.instance_id AND i.deleted_at IS NULL
             WHERE c.company_id = $1 AND c.id = $2
            """;

    private static final String INSTANCE = """
            SELECT evolution_name, keeps_messages
              FROM core.whatsapp_instances
             WHERE company_id = $1 AND instance_id = $2 AND deleted_at IS NULL
            """;

    private final Database database;
    private final Relay relay;
    private final ObjectMapper json;

    DeliveryRepository(Database database, Relay relay, ObjectMapper json) {
        this.database = database;
        this.relay = relay;
        this.json = json;
    }

    /** Where a delivery goes through. */
    record Gateway(String serverName, boolean keepsMessages) {}

    /**
     * What is looked at before typing is shown, which no claim guards.
     *
     * @param machineSpeaks false when a person has the conversation
     */
    record Opening(Gateway gateway, boolean machineSpeaks) {}

    /** Empty when the instance is gone, or was never provided. */
    Optional<Opening> opening(Delivery delivery) {
        return database
                .onceAsCompany(delivery.company(), OPENING, delivery.company().value(), delivery.conversation())
                .stream()
                .findFirst()
                .map(row -> new Opening(gateway(row), row.getBoolean("machine_speaks")));
    }

    /**
     * What a settle found.
     *
     * @param ours false when the bubble was no longer ours to settle
     * @param last true when nothing was left to say and the conversation is given back
     */
    record Settled(boolean ours, boolean last) {}

    List<Delivery> claimDeliveries(int limit, Duration lease) {
        return database.call(CLAIM_DELIVERIES, WHATSAPP, limit, lease.toString()).stream()
                .map(row -> new Delivery(
                        CompanyId.of(row.getUUID("company_id")),
                        row.getUUID("conversation_id"),
                        row.getUUID("instance_id"),
                        row.getString("chat_ref"),
                        row.getLong("delivery_fence")))
                .toList();
    }

    Claimed claimBubble(Delivery delivery, Duration lease, Duration callTimeout) {
        Row row = database.onceAsCompany(
                        delivery.company(),
                        CLAIM_BUBBLE,
                        delivery.conversation(),
                        delivery.fence(),
                        lease.toString(),
                        callTimeout.toString())
                .getFirst();
        if (row.getInteger("appended") > 0) {
            relay.wakeSoon();
        }
        return switch (row.getString("verdict")) {
            case "send" -> new Claimed.Send(bubble(row));
            case "resolve" -> new Claimed.Resolve(bubble(row));
            case "wait" -> new Claimed.Wait(bubble(row), Duration.ofMillis(row.getInteger("wait_ms")));
            default -> new Claimed.Nothing();
        };
    }

    Settled settle(Delivery delivery, UUID bubble, Ended ended) {
        Row row = database.onceAsCompany(
                        delivery.company(),
                        SETTLE,
                        bubble,
                        delivery.fence(),
                        ended.outcome(),
                        ended.providerMessageId(),
                        ended.reason(),
                        ended.retryAfter() == null ? null : ended.retryAfter().toString(),
                        delivery.company().value(),
                        delivery.conversation())
                .getFirst();
        relay.wakeSoon();
        return new Settled(row.getBoolean("settled"), row.getBoolean("released"));
    }

    /** Takes back what a claim of ours may have done whose answer was lost; nothing when the delivery is not ours any more. */
    Claimed renew(Delivery delivery, Duration lease) {
        Long fence = database.onceAsCompany(
                        delivery.company(), RENEW, delivery.conversation(), delivery.fence(), lease.toString())
                .getFirst()
                .getLong("delivery_fence");
        relay.wake();
        return fence == null ? new Claimed.Nothing() : new Claimed.Again(delivery.under(fence));
    }

    void release(Delivery delivery) {
        database.call(RELEASE, delivery.conversation(), delivery.fence());
    }

    /** Null when the instance is gone, or was never provided. */
    Gateway gateway(Delivery delivery) {
        return database
                .onceAsCompany(delivery.company(), INSTANCE, delivery.company().value(), delivery.instance())
                .stream()
                .findFirst()
                .map(DeliveryRepository::gateway)
                .orElse(null);
    }

    private static Gateway gateway(Row row) {
        return new Gateway(row.getString("evolution_name"), row.getBoolean("keeps_messages"));
    }

    private Bubble bubble(Row row) {
        return new Bubble(
                row.getUUID("bubble_id"), row.getString("kind"), row.getString("text"), parsed(row.getString("media")));
    }

    private JsonNode parsed(String media) {
        try {
            return media == null ? MissingNode.getInstance() : json.readTree(media);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the media of a bubble is no JSON", e);
        }
    }
}
