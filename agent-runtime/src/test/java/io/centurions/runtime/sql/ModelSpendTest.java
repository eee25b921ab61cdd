package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What models cost a company is counted by the price list, and a plan may end it. */
class ModelSpendTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Plan plan = new Plan(database, company);

    /** A million tokens: 7.5 cents read, 60 cents written. */
    @BeforeEach
    void prices() {
        database.admin("UPDATE core.price_list SET prices = '{\"mini\": {\"input\": 7.5, \"output\": 60}}'");
    }

    @Test
    void an_answer_costs_what_the_price_list_says() {
        count("mini", 1000, 200);
        count("mini", 1000, 200);

        assertThat(plan.used("modelSpend")).as("millionths of a cent").isEqualTo(2 * (7_500 + 12_000));
        assertThat(plan.used("inputTokens")).isEqualTo(2000);
        assertThat(plan.used("outputTokens")).isEqualTo(400);
        assertThat(plan.used("unpricedTokens")).isZero();
    }

    @Test
    void a_model_without_a_price_costs_nothing_and_is_told_apart() {
        count("house/llama3:8b", 1000, 200);

        assertThat(plan.used("modelSpend")).isZero();
        assertThat(plan.used("unpricedTokens")).isEqualTo(1200);
    }

    @Test
    void seconds_of_sound_cost_the_price_of_what_is_read_and_are_no_tokens() {
        database.admin("UPDATE core.price_list SET prices = '{\"whisper-1\": {\"input\": 10000, \"output\": 0}}'");

        count("whisper-1", 0, 0, 90);
        count("whisper-2", 0, 0, 90);

        assertThat(plan.used("modelSpend")).as("a cent for 100 s").isEqualTo(900_000);
        assertThat(plan.used("inputTokens")).isZero();
        assertThat(plan.used("unpricedTokens")).isZero();
    }

    @Test
    void what_cannot_be_counted_says_so_and_ends_nothing() {
        database.admin("UPDATE core.price_list SET prices = '{\"mini\": {\"input\": \"dear\", \"output\": 60}}'");

        var counted = database.asCompany(
                RUNTIME,
                company.id(),
                "SELECT core.count_model_call_v2(?, 'mini', 1, 1, 0) AS kept_from",
                company.id());

        assertThat(counted.getFirst()).containsEntry("kept_from", "22P02");
    }

    @Test
    void not_even_a_price_list_that_cannot_be_read_ends_anything() throws Exception {
        try (Connection connection = database.connectAsAdmin()) {
            connection.setAutoCommit(false);
            ConversationDatabase.run(connection, "REVOKE SELECT ON core.price_list FROM runtime_app");
            ConversationDatabase.run(connection, "SET LOCAL ROLE runtime_app");

            var counted = ConversationDatabase.run(
                    connection, "SELECT core.count_model_call_v2(?, 'mini', 1, 1, 0) AS kept_from", company.id());

            assertThat(counted.getFirst()).containsEntry("kept_from", "42501");
        }
    }

    @Test
    @Timeout(5)
    void a_commit_does_not_wait_long_for_a_share_that_somebody_else_holds() throws Exception {
        database.admin("""
                INSERT INTO core.usage_months (company_id, month, what, share, used)
                SELECT ?, '2026-03-01', 'inputTokens', share, 0 FROM generate_series(1, 16) AS share
                """, company.id());
        try (Connection frozen = database.connectAsAdmin()) {
            frozen.setAutoCommit(false);
            ConversationDatabase.run(
                    frozen, "SELECT used FROM core.usage_months WHERE company_id = ? FOR UPDATE", company.id());

            var counted = database.asCompany(
                    RUNTIME,
                    company.id(),
                    "SELECT core.count_model_call_v2(?, 'mini', 1, 1, 0, ?) AS kept_from",
                    company.id(),
                    NOON);

            assertThat(counted.getFirst()).containsEntry("kept_from", "55P03");
        }
    }

    @Test
    void a_limit_that_blocks_ends_with_the_cent_that_reaches_it_until_the_month_is_over() {
        plan.limit("modelSpend", 1, "block");
        count("mini", 0, 16_666);
        assertThat(isLeft(NOON)).as("0.99996 of a cent").isTrue();

        count("mini", 0, 1);

        assertThat(isLeft(NOON)).isFalse();
        assertThat(isLeft(OffsetDateTime.parse("2026-04-01T02:59:59Z"))).isFalse();
        assertThat(isLeft(OffsetDateTime.parse("2026-04-01T03:00:00Z"))).isTrue();
    }

    @Test
    void only_a_limit_that_blocks_ends_anything() {
        count("mini", 1_000_000, 1_000_000);
        assertThat(isLeft(NOON)).isTrue();

        plan.limit("modelSpend", 0, "notify");
        assertThat(isLeft(NOON)).isTrue();
        plan.limit("modelSpend", 0, "block");
        assertThat(isLeft(NOON)).isFalse();
    }

    @Test
    void answers_at_once_are_all_counted() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> count("mini", 10, 1)));
            }
        }

        for (Future<?> one : all) {
            one.get();
        }
        assertThat(plan.used("inputTokens")).isEqualTo(400);
        assertThat(plan.used("outputTokens")).isEqualTo(40);
    }

    @Test
    void nobody_counts_for_another_company() {
        Company other = database.company();

        var counted = database.asCompany(
                RUNTIME, other.id(), "SELECT core.count_model_call_v2(?, 'mini', 1, 1, 0) AS kept_from", company.id());

        assertThat(counted.getFirst()).containsEntry("kept_from", "42501");
        assertThat(plan.used("inputTokens")).isZero();
    }

    @Test
    void a_conversation_held_for_money_goes_on_with_the_next_word_once_there_is_some() {
        plan.limit("modelSpend", 0, "block");
        String phone = Said.phone();
        database.receive(NOON, Said.message(company.whatsapp(), phone, "oi"));
        database.admin(
                "UPDATE core.conversations SET state = 'waiting_human', held_for = 'modelSpend', turn_due_at = NULL,"
                        + " burst_started_at = NULL WHERE company_id = ?",
                company.id());

        database.receive(NOON.plusSeconds(1), Said.message(company.whatsapp(), phone, "alguém?"));
        assertThat(plan.held("modelSpend", "waiting_human")).isEqualTo(1);
        plan.limit("modelSpend", 100, "block");
        database.receive(NOON.plusSeconds(2), Said.message(company.whatsapp(), phone, "oi?"));

        assertThat(plan.due()).isEqualTo(1);
        assertThat(database.count(
                        "SELECT inbound_seq - answered_seq FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(3);
    }

    private void count(String model, int input, int output) {
        count(model, input, output, 0);
    }

    private void count(String model, int input, int output, int seconds) {
        var counted = database.asCompany(
                RUNTIME,
                company.id(),
                "SELECT core.count_model_call_v2(?, ?, ?, ?, ?, ?) AS kept_from",
                company.id(),
                model,
                input,
                output,
                seconds,
                NOON);
        assertThat(counted.getFirst()).containsEntry("kept_from", null);
    }

    private boolean isLeft(OffsetDateTime at) {
        return (Boolean) database.asCompany(
                        RUNTIME, company.id(), "SELECT core.spend_is_left_v1(?, ?) AS is_left", company.id(), at)
                .getFirst()
                .get("is_left");
    }
}
