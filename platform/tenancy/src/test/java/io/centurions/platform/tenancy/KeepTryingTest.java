package io.centurions.platform.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class KeepTryingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void a_write_is_repeated_until_the_database_is_back() {
        String written = KeepTrying.untilWritten(LONG, unavailableUntil(4));

        assertThat(written).isEqualTo("written");
        assertThat(tries).hasValue(4);
    }

    @Test
    void after_the_patience_the_failure_is_told() {
        long began = System.nanoTime();

        assertThatThrownBy(() -> KeepTrying.untilWritten(Duration.ofMillis(200), unavailableUntil(1000)))
                .isInstanceOf(DatabaseUnavailable.class);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(tries.get()).isBetween(2, 8);
    }

    @Test
    void a_refused_write_is_not_repeated() {
        Supplier<String> refused = () -> {
            tries.incrementAndGet();
            throw new IllegalArgumentException("refused");
        };

        assertThatThrownBy(() -> KeepTrying.untilWritten(LONG, refused)).isInstanceOf(IllegalArgumentException.class);

        assertThat(tries).hasValue(1);
    }

    @Test
    void an_interrupt_ends_the_waiting_and_is_kept() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> KeepTrying.untilWritten(LONG, unavailableUntil(1000)))
                .isInstanceOf(DatabaseUnavailable.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tries).hasValue(1);
    }

    @Test
    void a_claim_that_is_answered_is_not_taken_back() {
        assertThat(KeepTrying.orTakenBack(LONG, () -> "claimed", unavailableUntil(1)))
                .isEqualTo("claimed");

        assertThat(tries).hasValue(0);
    }

    @Test
    void a_claim_whose_answer_is_lost_is_made_once_and_taken_back_until_that_is_written() {
        AtomicInteger claims = new AtomicInteger();
        Supplier<String> lost = () -> {
            claims.incrementAndGet();
            throw new DatabaseUnavailable("could not claim", null);
        };

        assertThat(KeepTrying.orTakenBack(LONG, lost, unavailableUntil(3))).isEqualTo("written");

        assertThat(claims).hasValue(1);
        assertThat(tries).hasValue(3);
    }

    @Test
    void a_refused_claim_needs_no_taking_back() {
        Supplier<String> refused = () -> {
            throw new IllegalArgumentException("refused");
        };

        assertThatThrownBy(() -> KeepTrying.orTakenBack(LONG, refused, unavailableUntil(1)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(tries).hasValue(0);
    }

    private Supplier<String> unavailableUntil(int time) {
        return () -> {
            if (tries.incrementAndGet() < time) {
                throw new DatabaseUnavailable("could not write", null);
            }
            return "written";
        };
    }
}
