package io.centurions.evolution.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.loops.Closing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClaimEndTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(11);

    private final Closing closing = new Closing();

    @Test
    void it_comes_when_the_lease_and_a_call_are_over() {
        long began = System.nanoTime();
        ClaimEnd end = ClaimEnd.of(closing, began - Duration.ofSeconds(5).toNanos(), LEASE, CALL);

        Duration left = end.left();

        Duration passed = Duration.ofNanos(System.nanoTime() - began);
        assertThat(left).isBetween(Duration.ofSeconds(16).minus(passed), Duration.ofSeconds(16));
    }

    @Test
    void while_a_look_is_worth_it_its_wait_is_waited() throws InterruptedException {
        long began = System.nanoTime();

        assertThat(claimed(Duration.ofSeconds(5)).comesWithin(Duration.ofMillis(50)))
                .isFalse();

        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(50_000_000);
    }

    @Test
    void nobody_waits_for_a_look_that_would_be_cut_off() throws InterruptedException {
        long began = System.nanoTime();

        assertThat(claimed(Duration.ofSeconds(15)).comesWithin(Duration.ofSeconds(6)))
                .isTrue();
        assertThat(claimed(Duration.ofSeconds(30)).comesWithin(Duration.ZERO)).isTrue();

        assertThat(System.nanoTime() - began).isLessThan(Duration.ofSeconds(5).toNanos());
    }

    @Test
    void it_comes_with_the_end_of_the_replica() throws InterruptedException {
        closing.begin();

        assertThat(claimed(Duration.ZERO).comesWithin(Duration.ofSeconds(5))).isTrue();
    }

    private ClaimEnd claimed(Duration ago) {
        return ClaimEnd.of(closing, System.nanoTime() - ago.toNanos(), LEASE, CALL);
    }
}
