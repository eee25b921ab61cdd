package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BellTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final Bell bell = new Bell();

    @Test
    void a_hint_rings_in_its_time_and_once_for_all_that_came_with_it() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            bell.ringWithin(Duration.ofMillis(30));
        }

        assertThat(waited(LONG)).isBetween(Duration.ofMillis(25), LONG.dividedBy(2));
        assertThat(waited(Duration.ofMillis(100))).isGreaterThanOrEqualTo(Duration.ofMillis(95));
    }

    @Test
    void whoever_wakes_earlier_has_answered_the_hint() throws InterruptedException {
        bell.ringWithin(Duration.ofMillis(2_000));
        bell.ring();

        assertThat(waited(LONG)).isLessThan(Duration.ofMillis(1_990));
        assertThat(waited(Duration.ofMillis(2_100))).isGreaterThanOrEqualTo(Duration.ofMillis(2_090));
    }

    @Test
    void a_hint_does_not_put_off_an_alarm_nor_a_nearer_hint() throws InterruptedException {
        bell.ringIn(Duration.ofMillis(30));
        bell.ringWithin(LONG);
        assertThat(waited(LONG)).isLessThan(LONG.dividedBy(2));

        bell.ringWithin(LONG);
        bell.ringWithin(Duration.ofMillis(30));
        assertThat(waited(LONG)).isLessThan(LONG.dividedBy(2));
    }

    private Duration waited(Duration longest) throws InterruptedException {
        long began = System.nanoTime();
        bell.await(longest);
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
