package io.centurions.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LargeBodiesTest {

    private static final long MIB = 1024 * 1024;

    private final LargeBodies bodies = new LargeBodies(192 * MIB);

    @Test
    void a_second_body_of_the_largest_kind_is_asked_to_come_again_and_fits_after_the_first() {
        int first = bodies.borrow(32 * MIB);

        assertThatThrownBy(() -> bodies.borrow(32 * MIB))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
        bodies.giveBack(first);

        assertThat(bodies.borrow(32 * MIB)).isEqualTo(first);
    }

    @Test
    void a_small_body_never_waits_for_the_large_ones() {
        bodies.borrow(32 * MIB);

        assertThat(bodies.borrow(200 * 1024)).isZero();
    }

    @Test
    void who_has_patience_waits_until_the_room_is_given_back_and_gives_it_back_even_after_a_failure() throws Exception {
        int first = bodies.borrow(32 * MIB);
        var waiting = new FutureTask<>(() -> bodies.within(32 * MIB, Duration.ofSeconds(30), () -> "handled"));
        startAndAwaitWaiting(waiting);

        bodies.giveBack(first);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("handled");
        assertThatThrownBy(() -> bodies.within(32 * MIB, Duration.ZERO, () -> {
                    throw new IllegalStateException("cannot be read");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(bodies.borrow(32 * MIB)).isEqualTo(first);
    }

    @Test
    void who_waits_for_all_of_the_room_gets_it_although_small_parts_are_asked_for_all_the_time() throws Exception {
        int first = bodies.borrow(MIB);
        var waiting = new FutureTask<>(() -> bodies.within(24 * MIB, Duration.ofSeconds(30), () -> "handled"));
        startAndAwaitWaiting(waiting);

        assertThatThrownBy(() -> bodies.borrow(MIB)).isInstanceOf(Problem.class);
        assertThat(bodies.borrow(200 * 1024)).as("a small one").isZero();
        bodies.giveBack(first);

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("handled");
        assertThat(bodies.borrow(MIB)).isEqualTo(first);
    }

    @Test
    void who_stops_waiting_keeps_nobody_out() throws Exception {
        bodies.borrow(MIB);
        var waiting = new FutureTask<>(() -> bodies.within(24 * MIB, Duration.ofSeconds(30), () -> "handled"));

        startAndAwaitWaiting(waiting).interrupt();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(Problem.class);
        assertThat(bodies.borrow(MIB)).isPositive();
    }

    private static Thread startAndAwaitWaiting(FutureTask<?> waiting) {
        Thread waiter = Thread.ofPlatform().start(waiting);
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            assertThat(waiting.isDone()).isFalse();
            Thread.onSpinWait();
        }
        return waiter;
    }

    @Test
    void of_two_that_would_not_fit_together_one_waits() {
        bodies.within(14 * MIB, Duration.ZERO, () -> {
            assertThatThrownBy(() -> bodies.within(14 * MIB, Duration.ZERO, () -> "kept"))
                    .isInstanceOf(Problem.class);
            return bodies.within(10 * MIB, Duration.ZERO, () -> "kept");
        });
    }

    @Test
    void one_that_can_be_read_takes_the_room_that_reading_takes() {
        bodies.borrow(4 * MIB);

        assertThatThrownBy(() -> bodies.borrow(3 * MIB)).isInstanceOf(Problem.class);
        assertThat(bodies.borrow(2 * MIB)).isEqualTo(16 * 1024);
    }
}
