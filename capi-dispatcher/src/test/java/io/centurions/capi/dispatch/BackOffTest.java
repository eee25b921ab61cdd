package io.centurions.capi.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(15));

    @Test
    void it_doubles_up_to_the_ceiling() {
        assertThat(backOff.after(1, Duration.ZERO, 0)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backOff.after(3, Duration.ZERO, 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(backOff.after(50, Duration.ZERO, 0)).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void it_spreads_by_a_quarter_at_most() {
        assertThat(backOff.after(1, Duration.ZERO, 1)).isEqualTo(Duration.ofMillis(3_750));
    }

    @Test
    void it_is_never_shorter_than_meta_asks() {
        assertThat(backOff.after(1, Duration.ofHours(1), 0.5)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void what_was_kept_back_rests_as_long_as_it_must_and_a_little_more_by_chance() {
        assertThat(backOff.rest(Duration.ofSeconds(20), 0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(backOff.rest(Duration.ofSeconds(20), 1)).isEqualTo(Duration.ofSeconds(25));
        assertThat(backOff.rest(Duration.ZERO, 0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backOff.rest(Duration.ofHours(1), 0)).isEqualTo(Duration.ofMinutes(15));
    }
}
