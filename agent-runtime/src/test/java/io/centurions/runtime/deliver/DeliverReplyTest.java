package io.centurions.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.MessageId;
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
    private static final SendResult LIMIT = new SendResult.TryLater(Duration.ofSeconds(1), "too_many");
    private static final SendResult TOKEN = new SendResult.Refused("token", true);
    private static final SendResult TAKEN = new SendResult.Accepted("7:1");

    private final List<String> happened = new ArrayList<>();
    private final Deque<Verdict> verdicts = new ArrayDeque<>();
    private final Deque<SendResult> results = new ArrayDeque<>();
    private boolean repeats = true;
    private boolean mayCount = true;
    private Duration lease = Duration.ofSeconds(30);
    private Duration claimTakes = Duration.ZERO;

    @Test
    void a_call_without_an_answer_is_repeated_once_and_the_repeat_is_counted_first() {
        given(send(1), LOST, TAKEN);

        assertThat(deliver()).containsExactly("call", "count", "call", "accepted 7:1", "release");
    }

    @Test
    void a_limit_after_a_call_without_an_answer_puts_nothing_back() {
        given(send(1), LOST, LIMIT);

        assertThat(deliver()).containsExactly("call", "count", "call", "unknown too_many", "release");
    }

    @Test
    void a_refusal_after_a_call_without_an_answer_says_nothing_of_that_call() {
        given(send(1), LOST, TOKEN);

        assertThat(deliver()).containsExactly("call", "count", "call", "broken", "unknown token", "release");
    }

    @Test
    void what_may_not_be_counted_is_not_repeated() {
        mayCount = false;
        given(send(1), LOST);

        assertThat(deliver()).containsExactly("call", "count", "unknown no_answer", "release");
    }

    @Test
    void a_limit_at_the_first_call_is_tried_later() {
        given(send(1), LIMIT);

        assertThat(deliver()).containsExactly("call", "later too_many", "release");
    }

    @Test
    void a_dead_workers_bubble_is_called_once_more_and_never_put_back() {
        given(resolve(2), LIMIT);

        assertThat(deliver()).containsExactly("call", "unknown too_many", "release");
    }

    @Test
    void a_dead_workers_bubble_is_not_called_a_third_time() {
        given(resolve(3), TAKEN);

        assertThat(deliver()).containsExactly("unknown interrupted", "release");
    }

    @ParameterizedTest
    @CsvSource({"1, call", "2, none"})
    void a_channel_that_can_be_asked_later_is_never_repeated(int attempt, String call) {
        repeats = false;
        given(attempt == 1 ? send(1) : resolve(2), LOST);

        assertThat(deliver())
                .containsExactlyElementsOf(
                        call.equals("call")
                                ? List.of("call", "unknown no_answer", "release")
                                : List.of("unknown interrupted", "release"));
    }

    @Test
    void a_lease_that_a_pause_has_eaten_allows_no_call() {
        // At the claim it still held a call, by ten milliseconds.
        lease = Limits.CALL.plusMillis(10);
        claimTakes = Duration.ofMillis(30);
        given(send(1), TAKEN);

        assertThat(deliver()).containsExactly("later lease_nearly_over", "release");
    }

    private void given(Verdict verdict, SendResult... answers) {
        verdicts.add(verdict);
        results.addAll(List.of(answers));
    }

    private List<String> deliver() {
        var tools = new DeliveryTools(new Limits(lease), wait -> happened.add("wait"), new SimpleMeterRegistry());
        new DeliverReply(new Bubbles(), new Tokens(), new Broken(), List.of(new Phone()), tools)
                .deliver(DELIVERY, () -> false);
        return happened;
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
            super(null, null, null);
        }

        @Override
        Verdict claimNext(Delivery delivery, Duration asked, Duration callTimeout) {
            long until = System.nanoTime() + claimTakes.toNanos();
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
            }
            return verdicts.isEmpty() ? new Verdict.None() : verdicts.poll();
        }

        @Override
        boolean countRepeat(Delivery delivery, MessageId bubble) {
            happened.add("count");
            return mayCount;
        }

        @Override
        boolean settle(Delivery delivery, MessageId bubble, String outcome, String providerId, String reason) {
            happened.add(outcome + " " + (providerId == null ? reason : providerId));
            return true;
        }

        @Override
        void release(Delivery delivery) {
            happened.add("release");
        }
    }

    private static final class Tokens extends AccessTokens {
        Tokens() {
            super(null, null);
        }

        @Override
        public Optional<String> accessToken(CompanyId company, InstanceId instance) {
            return Optional.of("token");
        }
    }

    private final class Broken extends ReportBrokenChannel {
        Broken() {
            super(null, null);
        }

        @Override
        void report(Delivery delivery) {
            happened.add("broken");
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
            return results.poll();
        }

        @Override
        public void typing(Address to) {
            happened.add("typing");
        }

        @Override
        public boolean repeatsInterruptedText() {
            return repeats;
        }
    }

    private record Limits(Duration lease) implements DeliveryConfig {
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
