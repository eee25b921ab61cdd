package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
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
    void the_search_for_due_turns_reads_the_partial_index() {
        var plan = database.admin("""
            EXPLAIN SELECT w.id FROM core.conversations w
             WHERE w.company_id = ? AND w.turn_due_at IS NOT NULL AND w.turn_due_at <= ? AND w.state = 'ai'
               AND (w.lease_until IS NULL OR w.lease_until <= ?) ORDER BY w.turn_due_at LIMIT 40
            """, company.id(), NOON, NOON);

        assertThat(plan.toString()).contains("conversations_due_idx");
    }

    private List<Map<String, Object>> claim(int limit, OffsetDateTime at) {
        return database.call(RUNTIME, "SELECT * FROM core.claim_due_turns_v1(?, interval '30 s', ?)", limit, at);
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
