package io.centurions.runtime.deliver;

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

/**
 * A delivery whose database, channel and provider are played: what they answer is set beforehand, and everything that happens is
 * written down in order.
 */
final class DeliveryStage {

    static final Delivery DELIVERY =
            new Delivery(CompanyId.random(), ConversationId.random(), InstanceId.random(), "7", "telegram", 3);
    static final SendResult LOST = new SendResult.Unknown("no answer");
    static final Verdict CUT = new Verdict.Wait(null);
    static final SendResult TAKEN = new SendResult.Accepted("7:1");

    final List<String> happened = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    final Deque<SendResult> results = new ArrayDeque<>();
    boolean repeats = true;
    boolean mayCount = true;
    boolean echoes;
    boolean taken;
    boolean standsBroken;
    int absences;
    int lostCounts;
    Duration echoPatience = Duration.ZERO;
    Runnable onTyping = () -> {};
    Runnable onCall = () -> {};
    Duration lease = Duration.ofSeconds(30);
    Duration claimTakes = Duration.ZERO;

    private final Deque<Verdict> verdicts = new ArrayDeque<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    void given(Verdict verdict, SendResult... answers) {
        verdicts.add(verdict);
        results.addAll(List.of(answers));
    }

    List<String> deliver(Verdict... more) {
        if (more.length > 0) {
            happened.clear();
            verdicts.addAll(List.of(more));
        }
        deliverer().deliver(DELIVERY, new Closing());
        return happened;
    }

    DeliverReply deliverer() {
        var tools = new DeliveryTools(new Limits(lease, echoPatience), meters);
        return new DeliverReply(new Bubbles(), new Tokens(), new Broken(), List.of(new Phone()), tools);
    }

    double saidAgain() {
        return meters.counter("bubble_said_again_total", "channel", "telegram").count();
    }

    static Verdict send(int attempt) {
        return new Verdict.Send(bubble(attempt));
    }

    static Verdict resolve(int attempt) {
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
