package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One lead's conversation on WhatsApp, answered up to its last word, and its delivery as a gateway's worker does it. */
record Chat(ConversationDatabase database, Company company, UUID instance, String address, UUID id) {

    static final String LEASE = "PT30S";
    static final String CALL = "PT10S";

    /** A lead has said "oi" at noon and its turn has been committed. */
    static Chat answered(ConversationDatabase database, Company company) {
        return answered(database, company, company.whatsapp(), Said.phone());
    }

    static Chat answered(ConversationDatabase database, Company company, UUID instance, String address) {
        JsonNode stored = database.receive(NOON, Said.message(instance, address, "oi"));
        var chat = new Chat(
                database,
                company,
                instance,
                address,
                UUID.fromString(stored.path("conversation_id").asText()));
        chat.answer(1);
        return chat;
    }

    JsonNode leadWrites(OffsetDateTime at, String text) {
        return database.receive(at, Said.message(instance, address, text));
    }

    /** On the company's phone. */
    JsonNode personWrites(OffsetDateTime at, String text) {
        return database.receive(at, Said.echo(instance, address, Said.id(), text));
    }

    void answer(long seq) {
        database.admin(
                "UPDATE core.conversations SET answered_seq = ?, turn_due_at = NULL, burst_started_at = NULL WHERE id"
                        + " = ?",
                seq,
                id);
    }

    /** Plans a reply as agent-runtime does; bubbles are typed in a second each. */
    UUID plan(String purpose, OffsetDateTime at, String... bubbles) {
        UUID reply = UUID.randomUUID();
        for (int position = 0; position < bubbles.length; position++) {
            database.asCompany(
                    RUNTIME, company.id(), """
                    INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose,
                                               kind, text, status, pace_ms, created_at)
                    VALUES (?, ?, 'out', 'machine', ?, ?, ?, 'text', ?, 'planned', 1000, ?)
                    """, company.id(), id, reply, position, purpose, bubbles[position], at);
        }
        return reply;
    }

    UUID plan(String... bubbles) {
        return plan("answer", NOON, bubbles);
    }

    /** The fence of this conversation's delivery; empty when it was not to be had. */
    List<Long> claimDelivery(OffsetDateTime at) {
        return database
                .call(
                        EVOLUTION,
                        "SELECT * FROM core.claim_deliveries_v1(ARRAY['whatsapp','instagram','telegram'], 100,"
                                + " ?::interval, ?)",
                        LEASE,
                        at)
                .stream()
                .filter(row -> id.equals(row.get("conversation_id")))
                .map(row -> (Long) row.get("delivery_fence"))
                .toList();
    }

    Map<String, Object> claimBubble(long fence, OffsetDateTime at) {
        return database.asCompany(
                        EVOLUTION,
                        company.id(),
                        "SELECT * FROM core.claim_bubble_v1(?, ?, ?::interval, ?::interval, ?)",
                        id,
                        fence,
                        LEASE,
                        CALL,
                        at)
                .getFirst();
    }

    /** Claims the next bubble, which must be allowed to leave. */
    UUID begin(long fence, OffsetDateTime at) {
        Map<String, Object> claimed = claimBubble(fence, at);
        if (!"send".equals(claimed.get("verdict"))) {
            throw new AssertionError("expected to send, but: " + claimed);
        }
        return (UUID) claimed.get("bubble_id");
    }

    /** Claims the delivery and its next bubble, which must be allowed to leave. */
    OnTheWire begin(OffsetDateTime at) {
        long fence = claimDelivery(at).getFirst();
        return new OnTheWire(begin(fence, at), fence);
    }

    /** Calls for a text, sees that call end unseen, and is allowed to say it once more. */
    OnTheWire sayAgain(String text, OffsetDateTime at) {
        plan("answer", at, text);
        OnTheWire call = begin(at);
        if (!maySayAgain(call, at)) {
            throw new AssertionError("a second call was not allowed");
        }
        return call;
    }

    /** Asks for a second call, and counts it if it is allowed. */
    boolean maySayAgain(OnTheWire call, OffsetDateTime at) {
        return (Boolean) database.asCompany(
                        RUNTIME,
                        company.id(),
                        "SELECT core.repeat_bubble_v1(?, ?, ?::interval, ?::interval, ?) AS allowed",
                        call.bubble(),
                        call.fence(),
                        LEASE,
                        CALL,
                        at)
                .getFirst()
                .get("allowed");
    }

    /** A bubble that is being sent, and the fence of who sends it. */
    record OnTheWire(UUID bubble, long fence) {}

    JsonNode settle(OnTheWire call, String outcome, String providerId, OffsetDateTime at) {
        return settle(call.bubble(), call.fence(), outcome, providerId, at);
    }

    JsonNode settle(UUID bubble, long fence, String outcome, String providerId, OffsetDateTime at) {
        return ConversationDatabase.json(database.asCompany(
                        EVOLUTION,
                        company.id(),
                        "SELECT core.settle_bubble_v2(?, ?, ?, ?, NULL, NULL, ?)::text AS out",
                        bubble,
                        fence,
                        outcome,
                        providerId,
                        at)
                .getFirst()
                .get("out"));
    }

    /** Certainly not sent. @param retryAfter what the provider asked for, null: nothing */
    JsonNode later(UUID bubble, long fence, String retryAfter, OffsetDateTime at) {
        return ConversationDatabase.json(database.asCompany(
                        EVOLUTION,
                        company.id(),
                        "SELECT core.settle_bubble_v2(?, ?, 'later', NULL, 'http_429', ?::interval, ?)::text AS out",
                        bubble,
                        fence,
                        retryAfter,
                        at)
                .getFirst()
                .get("out"));
    }

    JsonNode takeOver(OffsetDateTime at) {
        return ConversationDatabase.json(database.asCompany(
                        ConversationDatabase.BACKOFFICE,
                        company.id(),
                        "SELECT core.take_over_v1(?, 'supervisor', 'asked', ?)::text AS out",
                        id,
                        at)
                .getFirst()
                .get("out"));
    }

    JsonNode giveBack(OffsetDateTime at) {
        return ConversationDatabase.json(database.asCompany(
                        RUNTIME,
                        company.id(),
                        "SELECT core.return_to_machine_v1(?, 'supervisor', NULL, ?)::text AS out",
                        id,
                        at)
                .getFirst()
                .get("out"));
    }

    /** Statuses of what we said, in order, as {@code text=status}. */
    String said() {
        return (String) database.value("""
            SELECT string_agg(coalesce(text, '-') || '=' || status, ' ' ORDER BY created_at, position)
              FROM core.messages WHERE conversation_id = ? AND direction = 'out'
            """, id);
    }

    String state() {
        return (String) database.value("SELECT state FROM core.conversations WHERE id = ?", id);
    }

    static List<String> states(JsonNode eventsHolder) {
        return eventsHolder.path("events").findValuesAsText("state");
    }
}
