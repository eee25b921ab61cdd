package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.spend.ModelSpend;
import io.centurions.runtime.think.Thinking;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A company whose plan pays for no model: people go on, and nothing of what the lead wrote is lost. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class HoldBackIT {

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    AnswerTurn answer;

    @Inject
    ModelSpend spend;

    @Inject
    Database database;

    private WaitingBurst waiting;

    @BeforeEach
    void write() {
        waiting = WaitingBurst.of(self.toString().replaceAll("/$", ""), secrets);
    }

    @Test
    void the_conversation_is_left_to_people_and_the_books_say_why() {
        modelSpend(0, "block");

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.conversation())
                .containsEntry("state", "waiting_human")
                .containsEntry("answered_seq", 0L);
        assertThat(held()).isEqualTo("modelSpend");
        assertThat(waiting.turns("notice", "plan_model_spend")).isEqualTo(1);
        assertThat(waiting.planned()).isZero();
        assertThat(used("inputTokens")).as("no model was asked").isZero();
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.outbox_runtime WHERE company_id = ? AND type = 'takeover'",
                                waiting.company()))
                .isEqualTo(1);
    }

    @Test
    void what_a_model_asked_us_to_wait_for_outlives_it() {
        modelSpend(0, "block");
        waiting.change("throttled_until = clock_timestamp() + interval '10 minutes'");

        answer.answer(waiting.turn(), () -> {});

        assertThat(held()).isEqualTo("modelSpend");
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.conversations WHERE company_id = ? AND lease_until = throttled_until",
                                waiting.company()))
                .isEqualTo(1);
    }

    @Test
    void once_the_plan_pays_again_the_next_word_is_answered_with_what_waited() {
        modelSpend(0, "block");
        answer.answer(waiting.turn(), () -> {});
        modelSpend(100_000, "block");
        Admin.get()
                .execute(
                        "UPDATE core.centurion_configs SET debounce_quiet_ms = 100, debounce_longest_ms = 500 WHERE company_id = ?",
                        waiting.company());

        waiting.scene().writes("telegram", "alguém aí?");

        await().until(() -> waiting.conversation().get("answered_seq").equals(2L));
        assertThat(held()).isNull();
        assertThat(waiting.planned()).isPositive();
        assertThat(used("inputTokens")).isPositive();
    }

    @Test
    void a_limit_that_only_notifies_stops_nobody() {
        modelSpend(0, "notify");

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.conversation()).containsEntry("answered_seq", 1L);
        assertThat(used("inputTokens")).isPositive();
    }

    @Test
    void an_answer_that_cannot_be_counted_ends_no_turn() {
        var paid = List.of(new Thinking.Usage("simulated-1", 10, 1));
        database.runAsCompany(CompanyId.random(), tx -> spend.count(tx, paid));
        database.runAsCompany(CompanyId.of(waiting.company()), tx -> spend.count(tx, paid));

        assertThat(used("inputTokens")).isEqualTo(10);
    }

    private void modelSpend(long most, String then) {
        Admin.get().execute("""
                        INSERT INTO core.company_plans (company_id, limits, version)
                        VALUES (?, jsonb_build_object('modelSpend', jsonb_build_object('most', ?::bigint, 'then', ?::text)), 1)
                            ON CONFLICT (company_id) DO UPDATE SET limits = excluded.limits
                        """, waiting.company(), most, then);
    }

    private long used(String what) {
        return Admin.get()
                .count(
                        "SELECT coalesce(sum(used), 0) FROM core.usage_months WHERE company_id = ? AND what = ?",
                        waiting.company(),
                        what);
    }

    private Object held() {
        return Admin.get()
                .queryOne("SELECT held_for FROM core.conversations WHERE company_id = ?", waiting.company())
                .get("held_for");
    }
}
