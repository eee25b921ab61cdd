package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/** The turns of a chat, committed as agent-runtime does, and what of it waits for one. */
record Turns(Chat chat) {

    boolean answered(long from, long to, String... bubbles) {
        return committed("answer", from, to, bubbles);
    }

    /** @return false when the burst had its answer already */
    boolean committed(String purpose, long from, long to, String... bubbles) {
        UUID turn = UUID.randomUUID();
        boolean recorded = !chat.database()
                .asCompany(
                        RUNTIME,
                        chat.company().id(),
                        """
                        INSERT INTO core.turns (company_id, id, conversation_id, origin, origin_id, purpose, from_seq, to_seq, committed_at)
                        VALUES (?, ?, ?, 'burst', ?, ?, ?, ?, ?)
                            ON CONFLICT (company_id, conversation_id, origin, origin_id, purpose) DO NOTHING
                        RETURNING id
                        """,
                        chat.company().id(),
                        turn,
                        chat.id(),
                        Long.toString(from),
                        purpose,
                        from,
                        to,
                        NOON)
                .isEmpty();
        if (recorded) {
            chat.database()
                    .admin(
                            "UPDATE core.messages SET status = 'superseded', failure = 'newer_words'"
                                    + " WHERE conversation_id = ? AND status = 'planned'",
                            chat.id());
            UUID reply = chat.plan(purpose, planned(), bubbles);
            chat.database().admin("UPDATE core.messages SET turn_id = ? WHERE reply_id = ?", turn, reply);
            chat.answer(to);
        }
        return recorded;
    }

    // Each reply after the one before.
    private OffsetDateTime planned() {
        return NOON.plusSeconds(
                chat.database().count("SELECT count(*) FROM core.messages WHERE conversation_id = ?", chat.id()));
    }

    void heard(String text) {
        chat.database()
                .admin(
                        "UPDATE core.messages SET status = 'accepted', attempts = 1 WHERE conversation_id = ? AND text = ?",
                        chat.id(),
                        text);
    }

    Map<String, Object> waiting() {
        return chat.database().admin("""
                        SELECT state, answered_seq, coalesce((turn_due_at - '%s')::text, 'never') AS due,
                               coalesce((burst_started_at - '%s')::text, 'never') AS began
                          FROM core.conversations WHERE id = ?
                        """.formatted(NOON, NOON), chat.id()).getFirst();
    }

    static Map<String, Object> waitingSince(OffsetDateTime at, long answered) {
        String since = "00:0%d:00".formatted(Duration.between(NOON, at).toMinutes());
        return Map.of("state", "ai", "answered_seq", answered, "due", since, "began", since);
    }

    static Map<String, Object> nothingWaiting() {
        return nothingWaiting(1);
    }

    static Map<String, Object> nothingWaiting(long answered) {
        return Map.of("state", "ai", "answered_seq", answered, "due", "never", "began", "never");
    }
}
