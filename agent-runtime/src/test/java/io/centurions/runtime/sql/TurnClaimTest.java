package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnClaimTest {

    private static final String COMMIT = """
        UPDATE core.conversations SET answered_seq = ?, turn_due_at = NULL, burst_started_at = NULL, lease_until = NULL
         WHERE id = ? AND inbound_seq = ? AND fence = ? AND epoch = ?
        RETURNING id
        """;

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void a_burst_of_three_is_claimed_once_and_only_when_it_is_due() {
        String phone = Said.phone();
        for (int i = 0; i < 3; i++) {
            database.receive(NOON.plusSeconds(i), Said.message(company.whatsapp(), phone, "parte " + i));
        }

        assertThat(claim(10, NOON.plusSeconds(5))).isEmpty();
        var due = claim(10, NOON.plusSeconds(6));
        assertThat(claim(10, NOON.plusSeconds(7))).isEmpty();

        assertThat(due).hasSize(1);
        assertThat(due.getFirst())
                .containsEntry("company_id", company.id())
                .containsEntry("seen_seq", 3L)
                .containsEntry("answered_seq", 0L)
                .containsEntry("fence", 1L)
                .containsEntry("epoch", 0L);
        assertThat(commit(due.getFirst())).hasSize(1);
        assertThat(claim(10, NOON.plusHours(1))).isEmpty();
    }

    @Test
    void a_company_with_a_hundred_due_conversations_does_not_starve_another_with_one() {
        for (int i = 0; i < 100; i++) {
            database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        }
        Company small = database.company();
        database.receive(NOON.plusSeconds(30), Said.message(small.whatsapp(), Said.phone(), "oi"));

        var due = claim(4, NOON.plusMinutes(1));

        assertThat(due).hasSize(4).extracting(row -> row.get("company_id")).contains(small.id(), company.id());
    }

    @Test
    void a_lease_that_ran_out_is_claimed_again_and_the_first_owner_can_no_longer_commit() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        var first = claim(1, NOON.plusSeconds(5)).getFirst();

        assertThat(claim(1, NOON.plusSeconds(34))).isEmpty();
        var second = claim(1, NOON.plusSeconds(35)).getFirst();

        assertThat(second.get("fence")).isEqualTo(2L);
        assertThat(commit(first)).isEmpty();
        assertThat(commit(second)).hasSize(1);
    }

    @Test
    void newer_words_and_a_takeover_each_stop_the_commit() {
        String phone = Said.phone();
        database.receive(NOON, Said.message(company.whatsapp(), phone, "oi"));
        var overtaken = claim(1, NOON.plusSeconds(5)).getFirst();
        database.receive(NOON.plusSeconds(6), Said.message(company.whatsapp(), phone, "mais"));
        assertThat(commit(overtaken)).isEmpty();

        var taken = claim(1, NOON.plusMinutes(1)).getFirst();
        assertThat(taken.get("seen_seq")).isEqualTo(2L);
        database.asCompany(
                RUNTIME,
                company.id(),
                "SELECT core.take_over_v1(?, 'supervisor', NULL, ?)",
                taken.get("conversation_id"),
                NOON);

        assertThat(commit(taken)).isEmpty();
        assertThat(claim(10, NOON.plusHours(1))).isEmpty();
    }

    @Test
    void a_suspended_company_and_a_conversation_with_a_person_are_not_claimed() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        database.admin("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.id());
        assertThat(claim(10, NOON.plusMinutes(1))).isEmpty();

        database.admin("UPDATE core.companies SET status = 'active' WHERE id = ?", company.id());
        database.admin("UPDATE core.conversations SET state = 'waiting_human' WHERE company_id = ?", company.id());
        assertThat(claim(10, NOON.plusMinutes(1))).isEmpty();
    }

    @Test
    void a_conversation_that_is_locked_is_skipped_and_not_waited_for() throws Exception {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        UUID locked = (UUID) database.value(
                "SELECT id FROM core.conversations WHERE company_id = ? ORDER BY id LIMIT 1", company.id());

        try (Connection other = database.connect(RUNTIME);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "SELECT set_config('request.jwt.claims', '{\"company_id\":\"" + company.id() + "\"}', true)");
            statement.execute("SELECT 1 FROM core.conversations WHERE id = '" + locked + "' FOR UPDATE");

            assertThat(claim(10, NOON.plusMinutes(1)))
                    .hasSize(1)
                    .noneMatch(row -> locked.equals(row.get("conversation_id")));
            other.rollback();
        }
    }

    @Test
    void a_look_says_when_the_next_turn_will_be_due_and_leaves_out_what_is_being_thought_about() {
        assertThat(nextMs(NOON)).isNull();
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        database.receive(NOON.plusSeconds(1), Said.message(company.whatsapp(), Said.phone(), "oi"));

        assertThat(nextMs(NOON.plusSeconds(1))).isEqualTo(3000);
        assertThat(claim(10, NOON.plusSeconds(4))).hasSize(1);
        assertThat(nextMs(NOON.plusSeconds(4))).isEqualTo(1000);
        assertThat(claim(10, NOON.plusSeconds(5))).hasSize(1);
        // Both are leased for thirty seconds: the first comes back when its lease is over.
        assertThat(nextMs(NOON.plusSeconds(6))).isEqualTo(28_000);
    }

    @Test
    void what_a_suspended_company_left_due_does_not_hide_the_next_moment() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        database.admin("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.id());
        Company other = database.company();
        database.receive(NOON.plusSeconds(60), Said.message(other.whatsapp(), Said.phone(), "oi"));

        assertThat(nextMs(NOON.plusSeconds(60))).isEqualTo(4000);
        database.admin("UPDATE core.companies SET status = 'active' WHERE id = ?", company.id());
    }

    @Test
    void a_held_turn_stays_with_its_replica_for_longer_than_a_lease() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        var mine = claim(1, NOON.plusSeconds(5)).getFirst();

        assertThat(hold(mine, NOON.plusSeconds(25))).isEqualTo(1);

        assertThat(claim(1, NOON.plusSeconds(54))).isEmpty();
        assertThat(commit(mine)).hasSize(1);
        assertThat(hold(mine, NOON.plusSeconds(55))).isZero();
    }

    @Test
    void a_replica_that_slept_through_its_lease_can_neither_hold_nor_give_back_nor_commit_what_another_has() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        var sleeper = claim(1, NOON.plusSeconds(5)).getFirst();
        var awake = claim(1, NOON.plusSeconds(35)).getFirst();

        assertThat(hold(sleeper, NOON.plusSeconds(36))).isZero();
        assertThat(release(sleeper)).isZero();
        assertThat(commit(sleeper)).isEmpty();
        assertThat(claim(1, NOON.plusSeconds(64))).isEmpty();
        assertThat(commit(awake)).hasSize(1);
    }

    @Test
    void a_turn_under_a_takeover_is_not_held() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        var mine = claim(1, NOON.plusSeconds(5)).getFirst();
        database.asCompany(
                RUNTIME,
                company.id(),
                "SELECT core.take_over_v1(?, 'supervisor', NULL, ?)",
                mine.get("conversation_id"),
                NOON);

        assertThat(hold(mine, NOON.plusSeconds(6))).isZero();
    }

    @Test
    void nor_once_the_conversation_was_given_back_also_where_a_model_asked_to_wait_long_ago() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        var mine = claim(1, NOON.plusSeconds(5)).getFirst();
        database.admin(
                "UPDATE core.conversations SET throttled_until = ? WHERE id = ?",
                NOON.minusMinutes(1),
                mine.get("conversation_id"));
        database.asCompany(
                RUNTIME,
                company.id(),
                "SELECT core.take_over_v1(c.id, 'supervisor', NULL, ?), core.return_to_machine_v1(c.id, 'supervisor', NULL, ?)"
                        + " FROM core.conversations c WHERE c.id = ?",
                NOON.plusSeconds(6),
                NOON.plusSeconds(7),
                mine.get("conversation_id"));

        assertThat(hold(mine, NOON.plusSeconds(8))).isZero();
        assertThat(claim(1, NOON.plusSeconds(8))).hasSize(1);
    }

    @Test
    void a_turn_that_was_given_back_is_claimed_at_once_and_its_first_owner_commits_only_if_nobody_has_it() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));
        var first = claim(1, NOON.plusSeconds(5)).getFirst();
        assertThat(release(first)).isEqualTo(1);
        var second = claim(1, NOON.plusSeconds(5)).getFirst();
        assertThat(commit(first)).isEmpty();

        assertThat(release(second)).isEqualTo(1);
        assertThat(commit(second)).hasSize(1);
    }

    @Test
    void the_search_for_due_turns_can_be_served_by_its_indexes() throws Exception {
        try (Connection connection = database.connectAsAdmin();
                Statement statement = connection.createStatement()) {
            // The table of a test is too small for any index to be worth while.
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET enable_sort = off");

            assertThat(plan(
                            statement,
                            "SELECT greatest(w.turn_due_at, w.lease_until) FROM core.conversations w"
                                    + " WHERE w.turn_due_at IS NOT NULL AND w.state = 'ai' ORDER BY 1 LIMIT 1"))
                    .contains("conversations_ready_idx");
            // Taken away until the connection closes: which of two indexes is cheaper is for tables
            // with rows.
            connection.setAutoCommit(false);
            statement.execute("DROP INDEX core.conversations_ready_idx");
            assertThat(plan(
                            statement,
                            "SELECT w.id FROM core.conversations w WHERE w.company_id = '" + company.id()
                                    + "' AND w.turn_due_at IS NOT NULL AND w.state = 'ai' AND greatest(w.turn_due_at, w.lease_until) <= now()"
                                    + " ORDER BY greatest(w.turn_due_at, w.lease_until) LIMIT 40"))
                    .contains("conversations_ready_of_company_idx");
        }
    }

    private static String plan(Statement statement, String sql) throws SQLException {
        var plan = new StringBuilder();
        try (ResultSet lines = statement.executeQuery("EXPLAIN " + sql)) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private Integer nextMs(OffsetDateTime at) {
        // Asked for nothing: it only looks.
        return database.call(RUNTIME, "SELECT next_ms FROM core.claim_due_turns_v2(0, interval '30 s', ?)", at).stream()
                .map(row -> (Integer) row.get("next_ms"))
                .findFirst()
                .orElse(null);
    }

    private int hold(Map<String, Object> claimed, OffsetDateTime at) {
        return (Integer) database.call(
                        RUNTIME,
                        "SELECT core.hold_turns_v1(ARRAY[?]::uuid[], ARRAY[?]::uuid[], ARRAY[?]::bigint[], interval '30 s', ?) AS held",
                        claimed.get("company_id"),
                        claimed.get("conversation_id"),
                        claimed.get("fence"),
                        at)
                .getFirst()
                .get("held");
    }

    private int release(Map<String, Object> claimed) {
        return (Integer) database.call(
                        RUNTIME,
                        "SELECT core.release_turns_v1(ARRAY[?]::uuid[], ARRAY[?]::uuid[], ARRAY[?]::bigint[]) AS released",
                        claimed.get("company_id"),
                        claimed.get("conversation_id"),
                        claimed.get("fence"))
                .getFirst()
                .get("released");
    }

    private List<Map<String, Object>> claim(int limit, OffsetDateTime at) {
        return database.call(
                RUNTIME,
                "SELECT * FROM core.claim_due_turns_v2(?, interval '30 s', ?) WHERE conversation_id IS NOT NULL",
                limit,
                at);
    }

    private List<Map<String, Object>> commit(Map<String, Object> claimed) {
        return database.asCompany(
                RUNTIME,
                company.id(),
                COMMIT,
                claimed.get("seen_seq"),
                claimed.get("conversation_id"),
                claimed.get("seen_seq"),
                claimed.get("fence"),
                claimed.get("epoch"));
    }
}
