package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Outcome;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person takes a conversation between its answer and the first bubble, and gives it back without a word. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class GivenBackIT {

    @TestHTTPResource
    URI self;

    @Inject
    AnsweredBurst.Scenes scenes;

    private AnsweredBurst answered;
    private WaitingBurst waiting;
    private HeldDelivery delivery;

    @BeforeEach
    void answer() {
        answered = scenes.open(self, "Nunca dito");
        waiting = answered.waiting();
        delivery = answered.delivery();
    }

    @Test
    void the_lead_gets_one_answer() {
        takeAndGiveBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 2);

        delivered();

        assertThat(replies("accepted")).isEqualTo(1);
        assertThat(waiting.scene().receivedOnTelegram()).isNotEmpty().doesNotContain("Nunca dito");
    }

    @Test
    void the_lead_gets_one_answer_also_when_that_happens_twice() {
        takeAndGiveBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 2);
        takeAndGiveBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 3);

        delivered();

        assertThat(replies("accepted")).isEqualTo(1);
        assertThat(replies("superseded")).isEqualTo(2);
    }

    @Test
    void words_that_come_while_a_call_is_on_the_wire_are_answered_with_those_before_when_it_was_not_made() {
        wordsWithACallOnTheWire();

        delivery.settle("later", null);
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 2);
        delivered();

        assertThat(answers()).isEqualTo("1-2");
        assertThat(replies("accepted")).isEqualTo(1);
        assertThat(waiting.scene().receivedOnTelegram()).doesNotContain("Nunca dito");
    }

    @Test
    void words_that_come_while_a_call_is_on_the_wire_are_answered_alone_when_it_has_arrived() {
        wordsWithACallOnTheWire();

        delivery.settle("accepted", "77");
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 2);

        assertThat(answers()).isEqualTo("1-1 2-2");
    }

    @Test
    void words_before_a_silence_are_answered_when_their_call_was_not_made() {
        Burst ok = answered.readWithACallOnTheWire();
        assertThat(answered.commit(ok, new Outcome.Silence())).isTrue();
        takeAndGiveBack();

        delivery.settle("later", null);
        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 3);
        delivered();

        assertThat(answers()).isEqualTo("1-2");
        assertThat(replies("accepted")).isEqualTo(1);
        assertThat(waiting.scene().receivedOnTelegram()).isNotEmpty().doesNotContain("Nunca dito");
    }

    /** It may be there already, and is never sent behind a person: there is nothing to wait for. */
    @Test
    void words_that_come_while_a_repeat_is_held_back_do_not_wait_for_it() {
        delivery.begin();
        delivery.onTheWire("SELECT core.repeat_bubble_v1(b.id, 7, interval '5 min', interval '10 s')");
        delivery.onTheWire("SELECT core.settle_bubble_v2(b.id, 7, 'later', NULL, NULL, interval '9 min')");
        takeAndGiveBack();
        waiting.scene().writes("telegram", "e o preço?");
        waiting.change("turn_due_at = clock_timestamp()");

        await().atMost(Duration.ofSeconds(20)).until(() -> waiting.turns() == 2);

        assertThat(answers()).isEqualTo("1-1 2-2");
        assertThat(replies("sending")).isEqualTo(1);
    }

    // They are due, and their turn has begun and was put off.
    private void wordsWithACallOnTheWire() {
        delivery.begin();
        takeAndGiveBack();
        waiting.scene().writes("telegram", "e o preço?");
        waiting.change("fence = 100, turn_due_at = clock_timestamp()");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Admin.get()
                                .count(
                                        "SELECT count(*) FROM core.conversations WHERE company_id = ? AND fence > 100 AND lease_until IS NULL",
                                        waiting.company())
                        == 1);
        assertThat(waiting.turns()).isEqualTo(1);
    }

    /** Which of the lead's words each answer that counts is to. */
    private String answers() {
        return (String) Admin.get()
                .queryOne(
                        "SELECT string_agg(from_seq || '-' || to_seq, ' ' ORDER BY from_seq) AS answers FROM core.turns"
                                + " WHERE company_id = ? AND origin_id = from_seq::text",
                        waiting.company())
                .get("answers");
    }

    private void takeAndGiveBack() {
        delivery.ask("SELECT core.take_over_v1($1, 'supervisor', NULL)");
        delivery.ask("SELECT core.return_to_machine_v1($1, 'supervisor', NULL)");
    }

    private void delivered() {
        waiting.change("delivery_lease_until = NULL");
        await().atMost(Duration.ofSeconds(20)).until(waiting.scene()::quiet);
    }

    private long replies(String status) {
        return Admin.get()
                .count(
                        "SELECT count(DISTINCT reply_id) FROM core.messages WHERE company_id = ? AND status = ?",
                        waiting.company(),
                        status);
    }
}
