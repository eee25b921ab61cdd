package io.centurions.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.bench.Pace;
import org.junit.jupiter.api.Test;

class WarmTest {

    private final Warm warm = new Warm(Pace.WHOLE);

    @Test
    void goes_on_while_a_round_is_cheaper_than_those_before() {
        for (int millis : new int[] {40, 30, 20, 15, 12, 11}) {
            assertThat(warm.isEnough()).isFalse();
            warm.round(1, millis);
        }

        assertThat(warm.isEnough()).isFalse();
        assertThat(warm.turns()).isEqualTo(6);
    }

    @Test
    void is_enough_after_two_rounds_that_are_no_cheaper() {
        for (int millis : new int[] {40, 10, 10, 11}) {
            assertThat(warm.isEnough()).isFalse();
            warm.round(1, millis);
        }

        assertThat(warm.isEnough()).isTrue();
        assertThat(warm.told(100))
                .contains("40.0, 10.0, 10.0, 11.0")
                .contains("steady")
                .doesNotContain("not");
    }

    @Test
    void ends_and_says_so_when_it_never_becomes_steady() {
        int millis = 1 << 20;
        while (!warm.isEnough()) {
            warm.round(1, millis);
            millis /= 2;
        }

        assertThat(warm.turns()).isEqualTo(8);
        assertThat(warm.told(100)).contains("not steady");
    }
}
