package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldTurnsTest {

    private static final DueTurn TURN = new DueTurn(CompanyId.random(), ConversationId.random(), 3, 0);

    private final Queue<String> happened = new ConcurrentLinkedQueue<>();
    private final CountDownLatch thought = new CountDownLatch(1);
    private CountDownLatch answered = new CountDownLatch(0);
    private Duration lease = Duration.ofMillis(90);
    private Duration holdMost = Duration.ofMinutes(1);
    private final HeldTurns held = new HeldTurns(new Leases(), new Limits());

    @AfterEach
    void stopThinking() throws InterruptedException {
        thought.countDown();
        answered.countDown();
        held.handOver();
    }

    @Test
    void a_turn_that_is_thought_about_for_longer_than_its_lease_is_renewed_until_it_ends() {
        held.start(new StartupEvent());
        Thread thinking = think();

        await().until(() -> happened.stream().filter("hold"::equals).count() >= 5);
        thought.countDown();
        await().until(() -> !thinking.isAlive());
        held.renew();
        happened.clear();

        await().during(lease.multipliedBy(2)).until(happened::isEmpty);
    }

    @Test
    void a_turn_that_ends_within_a_quarter_of_its_lease_costs_no_renewal() {
        lease = Duration.ofMinutes(1);
        think();

        held.renew();

        assertThat(happened).isEmpty();
    }

    @Test
    void a_turn_that_hangs_is_left_to_its_lease_in_the_end() {
        holdMost = Duration.ZERO;
        held.start(new StartupEvent());
        think();

        await().during(lease.multipliedBy(2)).until(happened::isEmpty);
    }

    @Test
    void an_ending_replica_gives_its_turns_back_at_once_and_renews_them_no_more() throws InterruptedException {
        held.start(new StartupEvent());
        think();
        happened.clear();

        held.handOver();

        assertThat(happened).endsWith("release " + TURN.fence());
        happened.clear();
        await().during(lease.multipliedBy(2)).until(happened::isEmpty);
    }

    @Test
    void a_turn_that_was_claimed_while_the_replica_began_to_end_is_given_back_and_not_thought_about()
            throws InterruptedException {
        held.handOver();

        held.during(TURN, () -> happened.add("think"));

        assertThat(happened).containsExactly("release " + TURN.fence());
    }

    @Test
    void an_ending_replica_does_not_wait_for_a_database_that_is_silent() {
        think();
        answered = new CountDownLatch(1);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThatCode(held::handOver).doesNotThrowAnyException());

        assertThat(happened).isEmpty();
    }

    private Thread think() {
        var begun = new CountDownLatch(1);
        Thread thinking = Thread.ofVirtual()
                .start(() -> held.during(TURN, () -> {
                    begun.countDown();
                    pass(thought);
                }));
        pass(begun);
        return thinking;
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Leases extends BurstRepository {
        Leases() {
            super(null, null, null);
        }

        @Override
        void hold(List<DueTurn> turns) {
            happened.add("hold");
        }

        @Override
        void release(List<DueTurn> turns) {
            pass(answered);
            turns.forEach(turn -> happened.add("release " + turn.fence()));
        }
    }

    private final class Limits implements ClosureConfig {
        @Override
        public int atOnce() {
            return 1;
        }

        @Override
        public Duration poll() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration lease() {
            return lease;
        }

        @Override
        public Duration holdMost() {
            return holdMost;
        }

        @Override
        public int restartsMost() {
            return 3;
        }

        @Override
        public int historyMost() {
            return 30;
        }

        @Override
        public Duration mediaPatience() {
            return Duration.ZERO;
        }

        @Override
        public Duration mediaLeast() {
            return Duration.ZERO;
        }

        @Override
        public Duration firstWait() {
            return Duration.ZERO;
        }

        @Override
        public Duration longestWait() {
            return Duration.ZERO;
        }

        @Override
        public Duration grace() {
            return Duration.ZERO;
        }
    }
}
