package io.centurions.evolution.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.evolution.evolution.EvolutionConfig;
import io.centurions.platform.loops.Closing;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What happens between a claim and its call. Everything is written down in order. */
class DeliverConversationTest {

    private static final Delivery DELIVERY =
            new Delivery(CompanyId.random(), UUID.randomUUID(), UUID.randomUUID(), "5511999990000", 3);
    private static final Bubble BUBBLE = new Bubble(UUID.randomUUID(), "text", "oi", MissingNode.getInstance());

    private static final Claimed LOST = new Claimed.Wait(null, null);

    private final List<String> happened = new ArrayList<>();
    private final Deque<Claimed> claims = new ArrayDeque<>();
    private final Closing closing = new Closing();
    private Duration lease = Duration.ofSeconds(10);
    private Duration claimTakes = Duration.ZERO;
    private boolean machineSpeaks = true;
    private boolean closesOnTyping;
    private boolean taken;
    private boolean last;
    private int absences;
    private Ended ended = Ended.accepted("3EB0");

    @Test
    void a_bubble_is_called_and_settled_and_the_last_claim_gives_the_conversation_back() throws Exception {
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "call", "accepted 3EB0");
    }

    @Test
    void nothing_is_claimed_after_the_last_bubble_that_gave_the_conversation_back() throws Exception {
        last = true;
        claims.add(new Claimed.Send(BUBBLE));
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "call", "accepted 3EB0");
    }

    @Test
    void how_a_call_ended_is_written_again_until_the_database_takes_it() throws Exception {
        absences = 3;
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "call", "absent", "absent", "absent", "accepted 3EB0");
    }

    @Test
    void a_claim_whose_answer_is_lost_is_taken_back_and_asked_again_under_a_newer_fence() throws Exception {
        claims.add(LOST);
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "renew 3", "call", "accepted 3EB0 by 4");
    }

    @Test
    void a_claim_whose_answer_is_lost_and_whose_delivery_is_somebody_elses_now_ends_it() throws Exception {
        taken = true;
        claims.add(LOST);
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "renew 3");
    }

    @Test
    void a_lease_that_a_pause_has_eaten_allows_no_call() throws Exception {
        lease = Duration.ofMillis(20);
        claimTakes = Duration.ofMillis(40);
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "later lease_is_over");
    }

    @Test
    void a_server_that_cannot_now_ends_the_delivery_and_says_when_to_come_back() throws Exception {
        ended = Ended.later("http_429", Duration.ofSeconds(90));
        claims.add(new Claimed.Send(BUBBLE));
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "call", "later http_429 PT1M30S");
    }

    @Test
    void a_long_pace_is_waited_for_in_parts_so_that_the_lease_is_renewed() throws Exception {
        lease = Duration.ofMillis(100);
        claims.add(new Claimed.Wait(BUBBLE, Duration.ofMillis(80)));
        claims.add(new Claimed.Wait(BUBBLE, Duration.ofMillis(30)));
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "typing 50", "typing 30", "call", "accepted 3EB0");
    }

    @Test
    void no_typing_is_shown_once_a_person_has_the_conversation() throws Exception {
        machineSpeaks = false;
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("release");
    }

    @Test
    void an_ending_replica_begins_no_further_call_and_gives_the_conversation_back() throws Exception {
        closesOnTyping = true;
        claims.add(new Claimed.Send(BUBBLE));

        deliver();

        assertThat(happened).containsExactly("typing 50", "release");
    }

    private void deliver() throws InterruptedException {
        new DeliverConversation(new Rows(), new Server(), new Limits(), new ServerLimits()).deliver(DELIVERY, closing);
    }

    private final class Rows extends DeliveryRepository {
        Rows() {
            super(null, null, null);
        }

        @Override
        Optional<Opening> opening(Delivery delivery) {
            return Optional.of(new Opening(new Gateway("server", true), machineSpeaks));
        }

        @Override
        Claimed claimBubble(Delivery delivery, Duration asked, Duration callTimeout) {
            long until = System.nanoTime() + claimTakes.toNanos();
            while (System.nanoTime() < until) {
                LockSupport.parkNanos(1_000_000);
            }
            Claimed next = claims.isEmpty() ? new Claimed.Nothing() : claims.poll();
            if (next == LOST) {
                throw new DatabaseUnavailable("could not run a statement", null);
            }
            return next;
        }

        @Override
        Claimed renew(Delivery delivery, Duration asked) {
            happened.add("renew " + delivery.fence());
            return taken ? new Claimed.Nothing() : new Claimed.Again(delivery.under(delivery.fence() + 1));
        }

        @Override
        Settled settle(Delivery delivery, UUID bubble, Ended end) {
            if (absences-- > 0) {
                happened.add("absent");
                throw new DatabaseUnavailable("could not settle", null);
            }
            boolean waits = end.retryAfter() != null && !end.retryAfter().isZero();
            happened.add(end.outcome() + " " + (end.reason() == null ? end.providerMessageId() : end.reason())
                    + (waits ? " " + end.retryAfter() : "")
                    + (delivery.fence() == DELIVERY.fence() ? "" : " by " + delivery.fence()));
            return new Settled(true, last);
        }

        @Override
        void release(Delivery delivery) {
            happened.add("release");
        }
    }

    private final class Server extends SendBubble {
        Server() {
            super(null, null, null, null, null);
        }

        @Override
        void showTyping(Delivery delivery, DeliveryRepository.Gateway gateway, Duration howLong) {
            happened.add("typing " + howLong.toMillis());
            if (closesOnTyping) {
                closing.begin();
            }
        }

        @Override
        Ended send(Delivery delivery, DeliveryRepository.Gateway gateway, Bubble bubble, ClaimEnd end) {
            happened.add("call");
            return ended;
        }
    }

    private final class Limits implements DeliveryConfig {
        @Override
        public Pace pace() {
            return Pace.FAST;
        }

        @Override
        public Duration poll() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int conversationsAtOnce() {
            return 1;
        }

        @Override
        public Duration lease() {
            return lease;
        }

        @Override
        public List<Duration> lookUps() {
            return List.of();
        }

        @Override
        public Duration grace() {
            return Duration.ZERO;
        }
    }

    private static final class ServerLimits implements EvolutionConfig {
        @Override
        public URI url() {
            return URI.create("http://server");
        }

        @Override
        public String apiKey() {
            return "key";
        }

        @Override
        public Duration callTimeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration instanceTimeout() {
            return Duration.ofSeconds(2);
        }
    }
}
