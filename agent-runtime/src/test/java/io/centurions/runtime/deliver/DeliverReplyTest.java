package io.centurions.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
import io.centurions.platform.loops.Closing;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What delivery makes of a call whose end nobody knows. Everything that happens is written down in order. */
class DeliverReplyTest {

    private static final Delivery DELIVERY =
            new Delivery(CompanyId.random(), ConversationId.random(), InstanceId.random(), "7", "telegram", 3);
    private static final SendResult LOST = new SendResult.Unknown("no answer");
    private static final Verdict CUT = new Verdict.Wait(null);
    private static final SendResult LIMIT = new SendResult.TryLater(Duration.ofSeconds(1), "too_many");
    private static final SendResult TOKEN = new SendResult.TryLater(Duration.ZERO, "token", true);
    private static final SendResult BLOCKED = new SendResult.Refused("blocked");
    private static final SendResult TAKEN = new SendResult.Accepted("7:1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> happened = new ArrayList<>();
    private final Deque<Verdict> verdicts = new ArrayDeque<>();
    private final Deque<SendResult> results = new ArrayDeque<>();
    private boolean repeats = true;
    private boolean mayCount = true;
    private boolean echoes;
    private boolean taken;
    private boolean standsBroken;
    private int absences;
    private int lostCounts;
    private Duration echoPatience = Duration.ZERO;
    private Runnable onTyping = () -> {};
    private Runnable onCall = () -> {};
    private final List<Duration> waits = new ArrayList<>();
    private Duration lease = Duration.ofSeconds(30);
    private Duration claimTakes = Duration.ZERO;

    @Test
    void a_call_without_an_answer_is_repeated_once_and_the_repeat_is_counted_first() {
        given(send(1), LOST, TAKEN);

        assertThat(deliver()).containsExactly("call", "count", "call", "accepted 7:1");
        assertThat(saidAgain()).isOne();
    }

    @Test
    void how_a_call_ended_is_written_again_until_the_database_takes_it() {
        absences = 3;
        given(send(1), TAKEN);

        assertThat(deliver()).containsExactly("call", "absent", "absent", "absent", "accepted 7:1");
    }

    @Test
    void a_claim_whose_answer_is_lost_is_taken_back_and_asked_again_under_a_newer_fence() {
        given(CUT);
        given(send(1), TAKEN);

        assertThat(deliver()).containsExactly("renew 3", "call", "accepted 7:1 by 4");
    }

    @Test
    void what_is_given_back_after_a_lost_answer_is_given_back_under_the_newer_fence() {
        given(CUT);
        given(send(1), LIMIT);

        assertThat(deliver()).containsExactly("renew 3", "call", "later too_many by 4", "release by 4");
    }

    @Test
    void a_claim_whose_answer_is_lost_and_whose_delivery_is_somebody_elses_now_ends_it() {
        taken = true;
        given(CUT);
        given(send(1), TAKEN);

        assertThat(deliver()).containsExactly("renew 3");
    }

    @Test
    void a_repeat_whose_count_is_lost_is_counted_again_before_the_call() {
        lostCounts = 2;
        given(send(1), LOST, TAKEN);

        assertThat(deliver()).containsExactly("call", "uncounted", "uncounted", "count", "call", "accepted 7:1");
    }

    @Test
    void a_repeat_that_is_held_back_is_made_later() {
        given(send(1), LOST, LIMIT);

        assertThat(deliver()).containsExactly("call", "count", "call", "later too_many", "release");
        assertThat(saidAgain()).isZero();
    }

    @Test
    void a_refusal_after_a_call_without_an_answer_says_nothing_of_that_call() {
        given(send(1), LOST, BLOCKED);

        assertThat(deliver()).containsExactly("call", "count", "call", "unknown blocked");
    }

    @Test
    void what_may_not_be_counted_is_not_repeated() {
        mayCount = false;
        given(send(1), LOST);

        assertThat(deliver()).containsExactly("call", "count", "unknown no_answer");
    }

    @Test
    void a_limit_at_the_first_call_is_tried_later_when_the_provider_asks() {
        given(send(1), LIMIT);

        assertThat(deliver()).containsExactly("call", "later too_many", "release");
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void a_token_that_is_refused_is_reported_and_the_bubble_tried_later() {
        given(send(1), TOKEN);

        assertThat(deliver()).containsExactly("call", "later token", "broken", "release");
    }

    @Test
    void a_bubble_that_leaves_where_nothing_did_is_reported() {
        standsBroken = true;
        given(send(1), TAKEN);

        assertThat(deliver()).containsExactly("call", "accepted 7:1", "works");
    }

    @Test
    void a_dead_workers_bubble_that_leaves_where_nothing_did_is_reported() {
        standsBroken = true;
        given(resolve(2), TAKEN);

        assertThat(deliver()).containsExactly("call", "accepted 7:1", "works");
    }

    @Test
    void what_does_not_leave_where_nothing_does_is_not_reported_as_working() {
        standsBroken = true;
        given(resolve(2), LOST);

        assertThat(deliver()).containsExactly("call", "unknown no_answer");
    }

    @Test
    void a_dead_workers_bubble_is_called_once_more_or_later() {
        given(resolve(2), LOST);
        assertThat(deliver()).containsExactly("call", "unknown no_answer");
        assertThat(saidAgain()).isOne();

        results.add(LIMIT);
        assertThat(deliver(resolve(2))).containsExactly("call", "later too_many", "release");
    }

    @Test
    void a_dead_workers_bubble_is_not_called_a_third_time() {
        given(resolve(3), TAKEN);

        assertThat(deliver()).containsExactly("unknown interrupted");
    }

    @ParameterizedTest
    @CsvSource({"1, call", "2, none"})
    void a_channel_that_can_be_asked_later_is_never_repeated(int attempt, String call) {
        repeats = false;
        given(attempt == 1 ? send(1) : resolve(2), LOST);

        assertThat(deliver())
                .containsExactlyElementsOf(
                        call.equals("call") ? List.of("call", "unknown no_answer") : List.of("unknown interrupted"));
    }

    @Test
    void a_lease_that_a_pause_has_eaten_allows_no_call() {
        lease = Duration.ofMillis(20);
        claimTakes = Duration.ofMillis(40);
        given(send(1), TAKEN);

        assertThat(deliver()).containsExactly("later lease_is_over", "release");
        assertThat(deliver(resolve(2))).containsExactly("later lease_is_over", "release");
    }

    @Test
    void a_channel_that_echoes_is_given_time_for_the_echo_before_a_call_is_unknown() {
        repeats = false;
        echoes = true;
        echoPatience = Duration.ofMillis(60);
        given(send(1), LOST);

        long began = System.nanoTime();
        assertThat(deliver()).containsExactly("call", "unknown no_answer");

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(echoPatience);
    }

    @Test
    void a_replica_that_ends_claims_no_further_bubble_and_gives_the_conversation_back() {
        var closing = new Closing();
        given(new Verdict.Wait(Duration.ofHours(1)));
        given(send(1), TAKEN);
        onTyping = closing::begin;

        deliverer().deliver(DELIVERY, closing);

        assertThat(happened).containsExactly("typing", "release");
    }

    @Test
    void a_replica_that_ends_leaves_a_text_without_an_answer_to_its_successor_who_may_say_it_once_more() {
        var closing = new Closing();
        given(send(1), LOST, TAKEN);
        onCall = closing::begin;

        deliverer().deliver(DELIVERY, closing);

        assertThat(happened).containsExactly("call", "release");
    }

    @Test
    void a_replica_that_ends_still_says_what_it_knows_of_a_call_that_nobody_may_repeat() {
        var closing = new Closing();
        repeats = false;
        given(send(1), LOST);
        onCall = closing::begin;

        deliverer().deliver(DELIVERY, closing);

        assertThat(happened).containsExactly("call", "unknown no_answer", "release");
    }

    private void given(Verdict verdict, SendResult... answers) {
        verdicts.add(verdict);
        results.addAll(List.of(answers));
    }

    private List<String> deliver(Verdict... more) {
        if (more.length > 0) {
            happened.clear();
            verdicts.addAll(List.of(more));
        }
        deliverer().deliver(DELIVERY, new Closing());
        return happened;
    }

    private DeliverReply deliverer() {
        var tools = new DeliveryTools(new Limits(lease, echoPatience), meters);
        return new DeliverReply(new Bubbles(), new Tokens(), new Broken(), List.of(new Phone()), tools);
    }

    private double saidAgain() {
        return meters.counter("bubble_said_again_total", "channel", "telegram").count();
    }

    private static Verdict send(int attempt) {
        return new Verdict.Send(bubble(attempt));
    }

    private static Verdict resolve(int attempt) {
        return new Verdict.Resolve(bubble(attempt));
    }

    private static Verdict.Bubble bubble(int attempt) {
        return new Verdict.Bubble(MessageId.random(), new Courier.Content("text", "oi", null), attempt);
    }

    private final class Bubbles extends BubbleRepository {
        Bubbles() {
            super(null, null, null, new SimpleMeterRegistry());
        }

        @Override
        Verdict claimNext(Delivery delivery, Duration asked, Duration callTimeout) {
            long until = System.nanoTime() + claimTakes.toNanos();
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
            }
            Verdict next = verdicts.isEmpty() ? new Verdict.None() : verdicts.poll();
            if (next == CUT) {
                throw new DatabaseUnavailable("could not run a statement", null);
            }
            return next;
        }

        @Override
        Verdict renew(Delivery delivery, Duration asked) {
            happened.add("renew " + delivery.fence());
            return taken ? new Verdict.None() : new Verdict.Again(delivery.under(delivery.fence() + 1));
        }

        @Override
        boolean countRepeat(Delivery delivery, MessageId bubble, Duration asked, Duration callTimeout) {
            if (lostCounts-- > 0) {
                happened.add("uncounted");
                throw new DatabaseUnavailable("could not run a statement", null);
            }
            happened.add("count");
            return mayCount;
        }

        @Override
        boolean settle(Delivery delivery, MessageId bubble, Settlement ended) {
            if (absences-- > 0) {
                happened.add("absent");
                throw new DatabaseUnavailable("could not settle", null);
            }
            happened.add(ended.outcome() + " "
                    + (ended.providerMessageId() == null ? ended.reason() : ended.providerMessageId())
                    + newer(delivery));
            if (ended.retryAfter() != null) {
                waits.add(ended.retryAfter());
            }
            return true;
        }

        @Override
        void release(Delivery delivery) {
            happened.add("release" + newer(delivery));
        }

        private static String newer(Delivery delivery) {
            return delivery.fence() == DELIVERY.fence() ? "" : " by " + delivery.fence();
        }
    }

    private final class Tokens extends AccessTokens {
        Tokens() {
            super(null, null);
        }

        @Override
        Optional<Access> access(CompanyId company, InstanceId instance) {
            return Optional.of(new Access("token", standsBroken));
        }
    }

    private final class Broken extends ReportChannel {
        Broken() {
            super(null, null, null);
        }

        @Override
        void broken(Delivery delivery) {
            happened.add("broken");
        }

        @Override
        void works(Delivery delivery) {
            happened.add("works");
        }
    }

    private final class Phone implements Courier {
        @Override
        public String channel() {
            return "telegram";
        }

        @Override
        public SendResult send(Address to, Content content, Duration limit) {
            happened.add("call");
            onCall.run();
            return results.poll();
        }

        @Override
        public void typing(Address to) {
            happened.add("typing");
            onTyping.run();
        }

        @Override
        public boolean echoesWhatWeSend() {
            return echoes;
        }

        @Override
        public boolean repeatsInterruptedText() {
            return repeats;
        }
    }

    private record Limits(Duration lease, Duration echoPatience) implements DeliveryConfig {
        static final Duration CALL = Duration.ofSeconds(2);

        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public Duration poll() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration callTimeout() {
            return CALL;
        }

        @Override
        public Duration grace() {
            return Duration.ofSeconds(1);
        }
    }
}
