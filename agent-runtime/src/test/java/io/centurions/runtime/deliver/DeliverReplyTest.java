package io.centurions.runtime.deliver;

import static io.centurions.runtime.deliver.DeliveryStage.CUT;
import static io.centurions.runtime.deliver.DeliveryStage.DELIVERY;
import static io.centurions.runtime.deliver.DeliveryStage.LOST;
import static io.centurions.runtime.deliver.DeliveryStage.TAKEN;
import static io.centurions.runtime.deliver.DeliveryStage.resolve;
import static io.centurions.runtime.deliver.DeliveryStage.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.loops.Closing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What delivery makes of a call whose end nobody knows. */
class DeliverReplyTest {

    private static final SendResult LIMIT = new SendResult.TryLater(Duration.ofSeconds(1), "too_many");
    private static final SendResult BLOCKED = new SendResult.Refused("blocked");

    private final DeliveryStage stage = new DeliveryStage();

    @Test
    void a_call_without_an_answer_is_repeated_once_and_the_repeat_is_counted_first() {
        stage.given(send(1), LOST, TAKEN);

        assertThat(stage.deliver()).containsExactly("call", "count", "call", "accepted 7:1");
        assertThat(stage.saidAgain()).isOne();
    }

    @Test
    void how_a_call_ended_is_written_again_until_the_database_takes_it() {
        stage.absences = 3;
        stage.given(send(1), TAKEN);

        assertThat(stage.deliver()).containsExactly("call", "absent", "absent", "absent", "accepted 7:1");
    }

    @Test
    void a_claim_whose_answer_is_lost_is_taken_back_and_asked_again_under_a_newer_fence() {
        stage.given(CUT);
        stage.given(send(1), TAKEN);

        assertThat(stage.deliver()).containsExactly("renew 3", "call", "accepted 7:1 by 4");
    }

    @Test
    void what_is_given_back_after_a_lost_answer_is_given_back_under_the_newer_fence() {
        stage.given(CUT);
        stage.given(send(1), LIMIT);

        assertThat(stage.deliver()).containsExactly("renew 3", "call", "later too_many by 4", "release by 4");
    }

    @Test
    void a_claim_whose_answer_is_lost_and_whose_delivery_is_somebody_elses_now_ends_it() {
        stage.taken = true;
        stage.given(CUT);
        stage.given(send(1), TAKEN);

        assertThat(stage.deliver()).containsExactly("renew 3");
    }

    @Test
    void a_repeat_whose_count_is_lost_is_counted_again_before_the_call() {
        stage.lostCounts = 2;
        stage.given(send(1), LOST, TAKEN);

        assertThat(stage.deliver()).containsExactly("call", "uncounted", "uncounted", "count", "call", "accepted 7:1");
    }

    @Test
    void a_repeat_that_is_held_back_is_made_later() {
        stage.given(send(1), LOST, LIMIT);

        assertThat(stage.deliver()).containsExactly("call", "count", "call", "later too_many", "release");
        assertThat(stage.saidAgain()).isZero();
    }

    @Test
    void a_refusal_after_a_call_without_an_answer_says_nothing_of_that_call() {
        stage.given(send(1), LOST, BLOCKED);

        assertThat(stage.deliver()).containsExactly("call", "count", "call", "unknown blocked");
    }

    @Test
    void what_may_not_be_counted_is_not_repeated() {
        stage.mayCount = false;
        stage.given(send(1), LOST);

        assertThat(stage.deliver()).containsExactly("call", "count", "unknown no_answer");
    }

    @Test
    void a_limit_at_the_first_call_is_tried_later_when_the_provider_asks() {
        stage.given(send(1), LIMIT);

        assertThat(stage.deliver()).containsExactly("call", "later too_many", "release");
        assertThat(stage.waits).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void a_dead_workers_bubble_is_called_once_more_or_later() {
        stage.given(resolve(2), LOST);
        assertThat(stage.deliver()).containsExactly("call", "unknown no_answer");
        assertThat(stage.saidAgain()).isOne();

        stage.results.add(LIMIT);
        assertThat(stage.deliver(resolve(2))).containsExactly("call", "later too_many", "release");
    }

    @Test
    void a_dead_workers_bubble_is_not_called_a_third_time() {
        stage.given(resolve(3), TAKEN);

        assertThat(stage.deliver()).containsExactly("unknown interrupted");
    }

    @ParameterizedTest
    @CsvSource({"1, call", "2, none"})
    void a_channel_that_can_be_asked_later_is_never_repeated(int attempt, String call) {
        stage.repeats = false;
        stage.given(attempt == 1 ? send(1) : resolve(2), LOST);

        assertThat(stage.deliver())
                .containsExactlyElementsOf(
                        call.equals("call") ? List.of("call", "unknown no_answer") : List.of("unknown interrupted"));
    }

    @Test
    void a_lease_that_a_pause_has_eaten_allows_no_call() {
        stage.lease = Duration.ofMillis(20);
        stage.claimTakes = Duration.ofMillis(40);
        stage.given(send(1), TAKEN);

        assertThat(stage.deliver()).containsExactly("later lease_is_over", "release");
        assertThat(stage.deliver(resolve(2))).containsExactly("later lease_is_over", "release");
    }

    @Test
    void a_channel_that_echoes_is_given_time_for_the_echo_before_a_call_is_unknown() {
        stage.repeats = false;
        stage.echoes = true;
        stage.echoPatience = Duration.ofMillis(60);
        stage.given(send(1), LOST);

        long began = System.nanoTime();
        assertThat(stage.deliver()).containsExactly("call", "unknown no_answer");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(stage.echoPatience);
    }

    @Test
    void a_replica_that_ends_claims_no_further_bubble_and_gives_the_conversation_back() {
        var closing = new Closing();
        stage.given(new Verdict.Wait(Duration.ofHours(1)));
        stage.given(send(1), TAKEN);
        stage.onTyping = closing::begin;

        stage.deliverer().deliver(DELIVERY, closing);

        assertThat(stage.happened).containsExactly("typing", "release");
    }

    @Test
    void a_replica_that_ends_leaves_a_text_without_an_answer_to_its_successor_who_may_say_it_once_more() {
        var closing = new Closing();
        stage.given(send(1), LOST, TAKEN);
        stage.onCall = closing::begin;

        stage.deliverer().deliver(DELIVERY, closing);

        assertThat(stage.happened).containsExactly("call", "release");
    }

    @Test
    void a_replica_that_ends_still_says_what_it_knows_of_a_call_that_nobody_may_repeat() {
        var closing = new Closing();
        stage.repeats = false;
        stage.given(send(1), LOST);
        stage.onCall = closing::begin;

        stage.deliverer().deliver(DELIVERY, closing);

        assertThat(stage.happened).containsExactly("call", "unknown no_answer", "release");
    }
}
