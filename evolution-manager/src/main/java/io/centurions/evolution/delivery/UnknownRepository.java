package io.centurions.evolution.delivery;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What tells which message at the server a bubble is whose call nobody saw end. */
@ApplicationScoped
class UnknownRepository {

    private static final String[] WHATSAPP = {"whatsapp"};

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

    /** Neighbours in time of a call, among the calls with the same words whose id nobody knows. */
    private static final String SAME_WORDS = """
            SELECT max(m.called_at) FILTER (WHERE m.called_at < $4) AS before, min(m.called_at) FILTER (WHERE m.called_at > $4) AS after
              FROM core.messages m
             WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.text = $3 AND m.status IN ('sending', 'unknown')
               AND m.provider_message_id IS NULL
            """;

    private static final String CLAIM_UNKNOWN = """
            SELECT company_id, conversation_id, instance_id, chat_ref, bubble_id, text, called_at, last_look
              FROM core.claim_unknown_bubbles_v1($1, $2)
            """;

    private final Database database;

    UnknownRepository(Database database) {
        this.database = database;
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

    /**
     * Calls for the same words in a conversation whose id nobody knows either.
     *
     * @param before the last one before a call, null when there is none
     * @param after  the first one after it, null when there is none
     */
    record SameWords(Instant before, Instant after) {}

    SameWords sameWords(Delivery delivery, String text, Instant calledAt) {
        Row row = database.onceAsCompany(
                        delivery.company(),
                        SAME_WORDS,
                        delivery.company().value(),
                        delivery.conversation(),
                        text,
                        calledAt.atOffset(ZoneOffset.UTC))
                .getFirst();
        return new SameWords(instant(row.getOffsetDateTime("before")), instant(row.getOffsetDateTime("after")));
    }

    private static Instant instant(OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
