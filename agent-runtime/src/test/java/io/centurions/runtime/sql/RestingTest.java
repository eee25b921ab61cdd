package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A conversation in which a send was turned away rests: nobody looks at it, whatever is planned there, until its time has come. */
class RestingTest {

    private static final int CHATS = 20;
    private static final OffsetDateTime RESTED = NOON.plusSeconds(5);

    private static final String ROWS_READ = """
            SELECT sum(coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::bigint AS rows
              FROM pg_catalog.pg_stat_xact_user_tables
             WHERE relid IN ('core.conversations'::regclass, 'core.messages'::regclass)
            """;

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void a_claim_reads_nothing_of_what_rests_nor_of_what_is_planned_behind_it() throws SQLException {
        for (int chat = 0; chat < CHATS; chat++) {
            resting().plan("notice", NOON.plusSeconds(1), "contrato", "assinado");
        }

        assertThat(readByAClaim(NOON.plusSeconds(4))).isLessThan(CHATS);
        assertThat(readByAClaim(RESTED)).as("claimable").isGreaterThan(CHATS);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "PT1M")
    void what_was_turned_away_together_comes_back_apart(String retryAfter) {
        for (int chat = 0; chat < CHATS; chat++) {
            resting(retryAfter);
        }

        assertThat(database.count(
                        "SELECT count(DISTINCT due_at) FROM core.messages WHERE company_id = ?", company.id()))
                .isGreaterThan(CHATS / 2);
    }

    @Test
    void what_was_planned_meanwhile_leaves_after_it_in_its_order() {
        Chat chat = resting();
        chat.plan("notice", NOON.plusSeconds(1), "contrato assinado");

        assertThat(sent(chat, RESTED)).containsExactly("um", "dois", "contrato assinado");
    }

    @Test
    void it_holds_no_place_of_who_claimed_it_because_its_sender_was_late() {
        Chat chat = Chat.answered(database, company);
        chat.plan("um", "dois");
        long late = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(late, NOON);
        OffsetDateTime next = NOON.plusSeconds(45);
        long fence = chat.claimDelivery(next).getFirst();

        chat.later(bubble, late, "PT5M", next);

        assertThat(chat.claimBubble(fence, next)).containsEntry("verdict", "none");
        assertThat(chat.claimDelivery(next.plusMinutes(4))).isEmpty();
        assertThat(sent(chat, next.plusSeconds(310))).containsExactly("um", "dois");
    }

    @Test
    void what_is_planned_when_the_rest_is_over_does_not_rest() {
        Chat chat = resting();
        sent(chat, RESTED);

        chat.plan("notice", RESTED.plusMinutes(1), "contrato assinado");

        assertThat(database.value(
                        "SELECT due_at FROM core.messages WHERE conversation_id = ? AND text = 'contrato assinado'",
                        chat.id()))
                .isNull();
    }

    @Test
    void a_person_who_came_and_went_changes_nothing_of_when_it_is_over() {
        Chat chat = resting();
        chat.takeOver(NOON.plusSeconds(1));
        assertThat(resting(NOON.plusSeconds(1))).isEmpty();
        database.admin("UPDATE core.conversations SET state = 'ai' WHERE id = ?", chat.id());
        chat.plan("answer", NOON.plusSeconds(2), "três");

        assertThat(chat.claimDelivery(NOON.plusSeconds(4))).isEmpty();
        assertThat(sent(chat, RESTED)).containsExactly("três");
    }

    @Test
    void operators_see_how_many_rest_and_since_when_and_no_sweep_takes_them_for_left_behind() {
        resting();
        Chat second = resting();
        second.plan("notice", NOON.plusSeconds(1), "contrato assinado");

        assertThat(resting(NOON.plusSeconds(4)))
                .containsExactly(Map.of(
                        "channel",
                        "whatsapp",
                        "resting",
                        5L,
                        "oldest",
                        NOON.toInstant().toString()));
        assertThat(resting(RESTED)).isEmpty();
        assertThat(overdue(RESTED)).isZero();
        assertThat(overdue(RESTED.plusSeconds(30))).isEqualTo(2);
    }

    @Test
    void at_a_deleted_instance_nothing_rests_any_longer() {
        Chat chat = resting();
        assertThat(roused()).isZero();

        database.admin(
                "UPDATE core.channel_instances SET status = 'deleted', deleted_at = now() WHERE id = ?",
                chat.instance());

        assertThat(roused()).isEqualTo(2);
        assertThat(roused()).isZero();
        assertThat(chat.claimDelivery(NOON.plusSeconds(1))).isEmpty();
        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
    }

    private Chat resting() {
        return resting((String) null);
    }

    /** Its first bubble of two was turned away at noon, for five seconds or as long as the provider asked for. */
    private Chat resting(String retryAfter) {
        Chat chat = Chat.answered(database, company);
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.later(chat.begin(fence, NOON), fence, retryAfter, NOON);
        return chat;
    }

    /** What leaves, in its order, when one worker delivers the conversation from then on. */
    private List<Object> sent(Chat chat, OffsetDateTime from) {
        long fence = chat.claimDelivery(from).getFirst();
        List<Object> sent = new ArrayList<>();
        for (OffsetDateTime at = from; ; at = at.plusSeconds(1)) {
            Map<String, Object> claimed = chat.claimBubble(fence, at);
            if (!"send".equals(claimed.get("verdict"))) {
                return sent;
            }
            sent.add(claimed.get("text"));
            chat.settle((UUID) claimed.get("bubble_id"), fence, "accepted", Said.id(), at);
        }
    }

    private long readByAClaim(OffsetDateTime at) throws SQLException {
        try (Connection connection = database.connectAsAdmin()) {
            connection.setAutoCommit(false);
            long before = rowsRead(connection);
            ConversationDatabase.run(
                    connection,
                    "SELECT * FROM core.claim_deliveries_v1(ARRAY['whatsapp'], 100, interval '30 s', ?)",
                    at);
            long read = rowsRead(connection) - before;
            connection.rollback();
            return read;
        }
    }

    private static long rowsRead(Connection connection) throws SQLException {
        return (Long) ConversationDatabase.run(connection, ROWS_READ).getFirst().get("rows");
    }

    private List<Map<String, Object>> resting(OffsetDateTime at) {
        return database.call(EVOLUTION, """
                SELECT channel, resting, to_char(oldest_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS oldest
                  FROM core.resting_bubbles_v1(ARRAY['whatsapp'], ?)
                """, at);
    }

    private long overdue(OffsetDateTime at) {
        return number("SELECT core.count_overdue_deliveries_v1(ARRAY['whatsapp'], 'PT30S', ?) AS n", at);
    }

    private long roused() {
        return number("SELECT core.rouse_bubbles_of_deleted_v1(ARRAY['whatsapp'], ?) AS n", NOON.plusSeconds(1));
    }

    private long number(String sql, OffsetDateTime at) {
        return ((Number) database.call(EVOLUTION, sql, at).getFirst().get("n")).longValue();
    }
}
