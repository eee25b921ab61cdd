package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.Scene;
import io.centurions.runtime.think.Thinking;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that says when to come back: nothing brings the turn's next try forward, and nobody else waits. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class AskedToWaitIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    AnswerTurn answer;

    @Inject
    BurstRepository bursts;

    @Inject
    PostponeTurn postpone;

    private WaitingBurst waiting;

    @BeforeEach
    void write() {
        waiting = WaitingBurst.of(runtime(), secrets);
    }

    @AfterEach
    void faultsEnd() {
        waiting.scene().faultsEnd();
    }

    @ParameterizedTest(name = "{0} Retry-After {1}: {2} to {3} s")
    @CsvSource({
        "429, 120, 110, 120",
        "503, 120, 110, 120",
        "529, 120, 110, 120",
        "429, 30, 20, 30",
        "429, 99999999999, 3590, 3600",
        "429, -5, 0, 5",
        "429, soon, 0, 5",
        "400, 120, 0, 5",
    })
    void the_next_try_is_not_before_what_the_model_asked_for(int status, String retryAfter, long least, long most) {
        // So that the running loop leaves it to us.
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", waiting.company());
        busy(status, retryAfter);

        answer.answer(waiting.turn(), () -> {});

        assertThat(readyIn()).isBetween(least, most);
        assertThat(waiting.turns("courtesy", "model_unavailable")).isEqualTo(1);
    }

    @Test
    void neither_newer_words_nor_a_replica_that_stops_nor_a_takeover_bring_it_forward() {
        long before = calls();
        busy(429, "120");
        answer.answer(waiting.turn(), () -> {});

        bursts.hold(List.of(waiting.turn()));
        bursts.release(List.of(waiting.turn()));
        assertThat(readyIn()).isBetween(100L, 120L);

        Admin.get()
                .execute(
                        "UPDATE core.centurion_configs SET debounce_quiet_ms = 10, debounce_longest_ms = 20 WHERE company_id = ?",
                        waiting.company());
        waiting.scene().writes("telegram", "alô?");
        assertThat(readyIn()).isBetween(100L, 120L);

        takenAndGivenBack();
        assertThat(readyIn()).isBetween(100L, 120L);
        assertThat(calls()).isEqualTo(before + 1);
    }

    @Test
    void it_is_answered_once_the_time_is_over_whoever_finds_it() {
        busy(429, "120");
        answer.answer(waiting.turn(), () -> {});

        waiting.change("lease_until = clock_timestamp(), turn_due_at = clock_timestamp()");

        await().atMost(LONG)
                .until(() -> waiting.conversation().get("answered_seq").equals(1L));
        assertThat(waiting.turns("courtesy", "model_unavailable")).isEqualTo(1);
        assertThat(waiting.turns()).as("the courtesy and the answer").isEqualTo(2);
    }

    @Test
    void what_was_asked_for_before_is_kept_when_the_next_failure_asks_for_nothing() {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", waiting.company());
        waiting.change("throttled_until = clock_timestamp() + interval '10 minutes'");
        busy(400, "120");

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.turns("courtesy", "model_unavailable")).isEqualTo(1);
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.conversations WHERE company_id = ? AND throttled_until > clock_timestamp()",
                                waiting.company()))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turn_due_at = clock_timestamp(), fence = fence + 1, lease_until = NULL",
                "turn_due_at = clock_timestamp(), fence = fence + 1, lease_until = clock_timestamp() - interval '1 s'",
                "turn_due_at = clock_timestamp(), epoch = epoch + 1, lease_until = NULL",
                "answered_seq = inbound_seq, lease_until = NULL, turn_due_at = NULL, burst_started_at = NULL"
            })
    void it_holds_for_others_too_where_the_turn_was_taken_from_who_heard_it(String taken) {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", waiting.company());
        var burst = ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
        waiting.change(taken);

        postpone.stuck(burst, new Thinking.Stuck("throttled", "m", Duration.ofSeconds(120), List.of()));

        assertThat(readyIn()).isBetween(100L, 120L);
        assertThat(waiting.turns()).isZero();
    }

    @Test
    void who_thinks_by_then_may_end_it() {
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", waiting.company());
        var burst = ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
        waiting.change("fence = fence + 1, lease_until = clock_timestamp() + interval '20 s'");
        var before = leased();

        postpone.stuck(burst, new Thinking.Stuck("throttled", "m", Duration.ofSeconds(120), List.of()));

        assertThat(leased()).isEqualTo(before);
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.conversations WHERE company_id = ?"
                                        + " AND throttled_until > clock_timestamp() + interval '1 minute'",
                                waiting.company()))
                .isEqualTo(1);
    }

    @Test
    void another_company_is_answered_meanwhile() {
        busy(429, "120");
        answer.answer(waiting.turn(), () -> {});

        Scene other = Scene.open(runtime(), secrets).withTelegramWebhook();
        other.writes("telegram", "oi");

        await().atMost(LONG).until(other::quiet);
        assertThat(readyIn()).isBetween(90L, 120L);
    }

    private void busy(int status, String retryAfter) {
        waiting.scene().fault("""
                {"provider":"openai","path":"/chat/completions","status":%d,"headers":{"Retry-After":"%s"},"times":1}
                """.formatted(status, retryAfter));
    }

    /** Seconds until any replica may claim it. */
    private long readyIn() {
        Map<String, Object> row = Admin.get()
                .queryOne(
                        "SELECT extract(epoch FROM greatest(turn_due_at, lease_until) - clock_timestamp())::bigint AS ready"
                                + " FROM core.conversations WHERE company_id = ?",
                        waiting.company());
        return (Long) row.get("ready");
    }

    private Map<String, Object> leased() {
        return Admin.get()
                .queryOne("SELECT fence, lease_until FROM core.conversations WHERE company_id = ?", waiting.company());
    }

    private void takenAndGivenBack() {
        Admin.get().query("""
                SELECT core.take_over_v1(c.id, 'supervisor', 'test'), core.return_to_machine_v1(c.id, 'supervisor', 'test')
                  FROM core.conversations c,
                       (SELECT set_config('request.jwt.claims', '{"company_id":"%s"}', false)) AS claims
                 WHERE c.company_id = ?
                """.formatted(waiting.company()), waiting.company());
    }

    private long calls() {
        return waiting.scene().calls("openai", "/chat/completions").size();
    }

    private String runtime() {
        return self.toString().replaceAll("/$", "");
    }
}
