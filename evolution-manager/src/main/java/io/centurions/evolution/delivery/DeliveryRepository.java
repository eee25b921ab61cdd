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
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    private static final String SETTLE = """
            WITH r AS MATERIALIZED (SELECT core.settle_bubble_v2($1, $2, $3, $4::text, $5::text, $6::text::interval) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_evolution_v1(r.out -> 'events') FROM r)
            SELECT (r.out ->> 'settled')::boolean AS settled FROM r, s
            """;

    private static final String RELEASE = "SELECT core.release_delivery_v1($1, $2)";

    private static final String MACHINE_SPEAKS =
            "SELECT 1 FROM core.conversations WHERE company_id = $1 AND id = $2 AND state <> 'human'";

    private static final String INSTANCE = """
            SELECT evolution_name, keeps_messages
              FROM core.whatsapp_instances
             WHERE company_id = $1 AND instance_id = $2 AND deleted_at IS NULL
            """;

    /** Ids that mean other messages already: what the server stores under them is not the bubble that is looked for. */
    private static final String BOUND = """
            SELECT m.provider_message_id
              FROM core.messages m
             WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.direction = 'out' AND m.provider_message_id IS NOT NULL
            """;

    /** Every address that the lead of a conversation is known by. */
    private static final String ADDRESSES = """
            SELECT i.kind, i.value
              FROM core.conversations c
              JOIN core.lead_identities i ON i.company_id = c.company_id AND i.lead_id = c.lead_id
             WHERE c.company_id = $1 AND c.id = $2 AND i.kind IN ('phone', 'jid', 'lid')
            """;

    private static final String CALLED_AT =
            "SELECT coalesce(called_at, created_at) FROM core.messages WHERE company_id = $1 AND id = $2";

    private static final String CLAIM_UNKNOWN = """
            SELECT company_id, conversation_id, instance_id, chat_ref, bubble_id, text, called_at, last_look
              FROM core.claim_unknown_bubbles_v1($1, $2)
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

    /** Whether no person has taken the conversation: asked before typing is shown, which no claim guards. */
    boolean machineSpeaks(Delivery delivery) {
        return !database.onceAsCompany(
                        delivery.company(), MACHINE_SPEAKS, delivery.company().value(), delivery.conversation())
                .isEmpty();
    }

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
            relay.wake();
        }
        return switch (row.getString("verdict")) {
            case "send" -> new Claimed.Send(bubble(row));
            case "resolve" -> new Claimed.Resolve(bubble(row));
            case "wait" -> new Claimed.Wait(bubble(row), Duration.ofMillis(row.getInteger("wait_ms")));
            default -> new Claimed.Nothing();
        };
    }

    /** False when the bubble was no longer ours to settle. */
    boolean settle(Delivery delivery, UUID bubble, Ended ended) {
        List<Row> rows = database.onceAsCompany(
                delivery.company(),
                SETTLE,
                bubble,
                delivery.fence(),
                ended.outcome(),
                ended.providerMessageId(),
                ended.reason(),
                ended.retryAfter() == null ? null : ended.retryAfter().toString());
        relay.wake();
        return rows.getFirst().getBoolean("settled");
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
                .map(row -> new Gateway(row.getString("evolution_name"), row.getBoolean("keeps_messages")))
                .orElse(null);
    }

    Set<String> boundIds(Delivery delivery) {
        Set<String> bound = new HashSet<>();
        database.onceAsCompany(delivery.company(), BOUND, delivery.company().value(), delivery.conversation())
                .forEach(row -> bound.add(row.getString(0)));
        return bound;
    }

    /** Every address of the lead, as the server may file them under. */
    Set<String> addresses(Delivery delivery) {
        Set<String> addresses = new HashSet<>(Set.of(delivery.chatRef()));
        database.onceAsCompany(delivery.company(), ADDRESSES, delivery.company().value(), delivery.conversation())
                .forEach(row -> addresses.add(
                        row.getString("kind").equals("lid")
                                ? row.getString("value") + "@lid"
                                : row.getString("value")));
        return addresses;
    }

    /** Unknown bubbles to ask the server about now. Leased to nobody: two who look find the same. */
    List<Missing> claimUnknown(int most) {
        return database.call(CLAIM_UNKNOWN, WHATSAPP, most).stream()
                .map(row -> new Missing(
                        new Delivery(
                                CompanyId.of(row.getUUID("company_id")),
                                row.getUUID("conversation_id"),
                                row.getUUID("instance_id"),
                                row.getString("chat_ref"),
                                0),
                        row.getUUID("bubble_id"),
                        row.getString("text"),
                        row.getOffsetDateTime("called_at").toInstant(),
                        row.getBoolean("last_look")))
                .toList();
    }

    /** When the call that may have sent a bubble was allowed. */
    Instant calledAt(Delivery delivery, UUID bubble) {
        return database.onceAsCompany(
                        delivery.company(), CALLED_AT, delivery.company().value(), bubble)
                .getFirst()
                .getOffsetDateTime(0)
                .toInstant();
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
