package io.centurions.autentique.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryWaitTest {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    @Test
    void it_doubles_up_to_the_longest() {
        assertThat(after(1, Duration.ZERO, 0)).isEqualTo(FIRST);
        assertThat(after(3, Duration.ZERO, 0)).isEqualTo(Duration.ofMinutes(2));
        assertThat(after(900, Duration.ZERO, 0)).isEqualTo(LONGEST);
    }

    @Test
    void chance_adds_up_to_a_quarter() {
        assertThat(after(1, Duration.ZERO, 0.999)).isBetween(FIRST, FIRST.plusMillis(7_500));
    }

    @Test
    void the_provider_is_never_asked_sooner_than_it_wants() {
        assertThat(after(1, Duration.ofSeconds(37), 0)).isEqualTo(Duration.ofSeconds(37));
    }

    private static Duration after(int attempts, Duration atLeast, double chance) {
        return RetryWait.after(attempts, FIRST, LONGEST, atLeast, chance);
    }
}
