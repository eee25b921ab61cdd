package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ShutdownDeadlineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BUDGET = Duration.ofMinutes(1);

    @AfterEach
    void goOn() {
        ShutdownDeadline.forget();
    }

    @Test
    void a_process_that_is_not_ending_has_all_its_patience() {
        assertThat(ShutdownDeadline.atMost(PATIENCE)).isEqualTo(PATIENCE);
        assertThat(ShutdownDeadline.atMost(Duration.ofNanos(-1))).isZero();
    }

    @Test
    void a_wait_at_the_end_lasts_no_longer_than_its_own_patience_and_than_what_remains() {
        ShutdownDeadline.begin(BUDGET);

        assertThat(ShutdownDeadline.atMost(PATIENCE)).isEqualTo(PATIENCE);
        assertThat(ShutdownDeadline.atMost(BUDGET.multipliedBy(2))).isPositive().isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void nothing_is_waited_for_after_the_deadline() {
        ShutdownDeadline.begin(Duration.ZERO);

        assertThat(ShutdownDeadline.atMost(PATIENCE)).isZero();
        assertThatThrownBy(() -> Waits.get(new CompletableFuture<>(), BUDGET)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void it_counts_from_the_signal_until_the_process_starts_again() {
        var process = new ShutdownDeadline(Duration.ZERO);
        var later = new ShutdownDeadline(BUDGET);

        process.signalled(new ShutdownDelayInitiatedEvent());
        later.stop(new ShutdownEvent());
        assertThat(ShutdownDeadline.atMost(PATIENCE)).isZero();

        process.start(new StartupEvent());
        assertThat(ShutdownDeadline.atMost(PATIENCE)).isEqualTo(PATIENCE);
    }

    @Test
    void it_is_over_with_the_last_wait_or_with_the_deadline_until_the_process_starts_again() {
        var process = new ShutdownDeadline(BUDGET);
        process.stop(new ShutdownEvent());
        assertThat(ShutdownDeadline.isOver()).isFalse();

        process.close(new ShutdownEvent());
        assertThat(ShutdownDeadline.isOver()).isTrue();

        process.start(new StartupEvent());
        assertThat(ShutdownDeadline.isOver()).isFalse();
        ShutdownDeadline.begin(Duration.ZERO);
        assertThat(ShutdownDeadline.isOver()).isTrue();
    }
}
