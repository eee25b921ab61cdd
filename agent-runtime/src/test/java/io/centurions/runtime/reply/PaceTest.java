package io.centurions.runtime.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(18, Duration.ofMillis(800), Duration.ofSeconds(6));

    @Test
    void a_bubble_takes_as_long_as_it_is_typed() {
        assertThat(pace.of("x".repeat(36))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void the_shortest_and_the_longest_time_hold() {
        assertThat(pace.of("ok")).isEqualTo(Duration.ofMillis(800));
        assertThat(pace.of("x".repeat(4000))).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void an_emoji_is_one_key() {
        assertThat(pace.of("😀".repeat(36))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void fast_is_nothing_that_anybody_notices() {
        assertThat(Pace.FAST.of("x".repeat(4000))).isEqualTo(Duration.ofMillis(50));
    }
}
