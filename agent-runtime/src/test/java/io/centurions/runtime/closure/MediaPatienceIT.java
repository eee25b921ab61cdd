package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A voice message of a burst that is older than the patience with media before its turn begins. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class MediaPatienceIT {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String AUDIO =
            Base64.getEncoder().encodeToString("TEXT:quanto custa?".getBytes(StandardCharsets.UTF_8));

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    AnswerTurn answer;

    private WaitingBurst waiting;

    @BeforeEach
    void speak() {
        waiting = WaitingBurst.of(self.toString().replaceAll("/$", ""), secrets);
        waiting.scene().sends("telegram", "{\"kind\":\"audio\",\"base64\":\"" + AUDIO + "\"}");
        waiting.change("burst_started_at = burst_started_at - interval '1 minute'");
    }

    @AfterEach
    void faultsEnd() {
        waiting.scene().faultsEnd();
    }

    @Test
    void it_is_heard_all_the_same() {
        answer.answer(waiting.turn(), () -> {});

        assertThat(transcript()).isEqualTo("quanto custa?");
        assertThat(waiting.conversation()).containsEntry("answered_seq", 2L);
    }

    @Test
    void a_file_that_comes_too_slowly_is_not_waited_for_to_its_own_end() {
        waiting.scene().fault("{\"provider\":\"telegram\",\"path\":\"/file/\",\"delayMs\":8000}");

        answer.answer(waiting.turn(), () -> {});

        assertThat(transcript()).isNull();
        assertThat(waiting.conversation()).containsEntry("answered_seq", 2L);
    }

    @Test
    void a_file_that_hangs_does_not_cost_the_words_of_the_next() {
        waiting.scene().sends("telegram", "{\"kind\":\"audio\",\"base64\":\"" + AUDIO + "\"}");
        waiting.scene().fault("{\"provider\":\"telegram\",\"path\":\"/file/\",\"delayMs\":8000,\"times\":1}");

        answer.answer(waiting.turn(), () -> {});

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND transcript = 'quanto custa?'",
                                waiting.company()))
                .isEqualTo(1);
        assertThat(waiting.conversation()).containsEntry("answered_seq", 3L);
    }

    @Test
    void a_call_that_fails_once_does_not_cost_the_leads_words() {
        failsOnceAndIsHeard();
    }

    @Test
    void nor_does_it_those_of_a_file_that_was_fetched_long_ago() {
        media("media || '{\"state\":\"pending\"}', created_at = created_at - interval '1 minute'");
        Admin.get()
                .execute(
                        "INSERT INTO core.media (company_id, message_id, state, failure) SELECT company_id, id, 'failed', 'gone'"
                                + " FROM core.messages WHERE company_id = ? AND seq = 2",
                        waiting.company());

        failsOnceAndIsHeard();
    }

    @Test
    void what_keeps_failing_is_not_waited_for_without_end() {
        transcriptionFault("");

        answer.answer(waiting.turn(), () -> {});
        await().atMost(LONG).until(waiting.scene()::quiet);

        assertThat(transcript()).isNull();
        assertThat(waiting.turns()).isEqualTo(1);
    }

    @Test
    void nor_is_one_who_keeps_on_speaking_while_nobody_can_listen() {
        transcriptionFault("");
        media("media || jsonb_build_object('waited_since', clock_timestamp() - interval '20 seconds')");
        waiting.scene().sends("telegram", "{\"kind\":\"audio\",\"base64\":\"" + AUDIO + "\"}");

        answer.answer(waiting.turn(), () -> {});

        assertThat(waiting.conversation()).containsEntry("answered_seq", 3L);
    }

    @Test
    void a_file_that_is_being_fetched_is_waited_for_by_the_age_of_its_message() {
        media("media || '{\"state\":\"pending\"}', created_at = clock_timestamp()");

        answer.answer(waiting.turn(), () -> {});
        assertThat(waiting.conversation()).containsEntry("answered_seq", 0L).containsEntry("soon", true);

        media("media, created_at = created_at - interval '1 minute'");
        await().atMost(LONG).until(waiting.scene()::quiet);
        assertThat(transcript()).isNull();
    }

    private void failsOnceAndIsHeard() {
        transcriptionFault(",\"times\":1");

        answer.answer(waiting.turn(), () -> {});
        assertThat(waiting.conversation()).containsEntry("answered_seq", 0L).containsEntry("soon", true);

        await().atMost(LONG).until(waiting.scene()::quiet);
        assertThat(transcript()).isEqualTo("quanto custa?");
    }

    private void transcriptionFault(String more) {
        waiting.scene()
                .fault("{\"provider\":\"openai\",\"path\":\"/audio/transcriptions\",\"status\":500" + more + "}");
    }

    private void media(String assigned) {
        Admin.get()
                .execute(
                        "UPDATE core.messages SET media = " + assigned + " WHERE company_id = ? AND seq = 2",
                        waiting.company());
    }

    private Object transcript() {
        return Admin.get()
                .queryOne("SELECT transcript FROM core.messages WHERE company_id = ? AND seq = 2", waiting.company())
                .get("transcript");
    }
}
