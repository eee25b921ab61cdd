package io.centurions.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.bench.Pace;
import org.junit.jupiter.api.Test;

class WarmTest {

    private final Warm warm = new Warm(Pace.WHOLE);

    @Test
    void goes_on_while_the_compilers_take_a_part_of_its_rounds() {
        for (int compilers : new int[] {30, 20, 10, 10, 6, 6}) {
            assertThat(warm.isEnough()).isFalse();
            warm.add(new Warm.Round(1, 100, compilers));
        }

        assertThat(warm.isEnough()).isFalse();
        assertThat(warm.turns()).isEqualTo(6);
    }

    @Test
    void is_enough_after_two_rounds_in_which_they_took_next_to_nothing() {
        for (int compilers : new int[] {0, 0, 50, 50, 6, 4}) {
            assertThat(warm.isEnough()).isFalse();
            warm.add(new Warm.Round(10, 100, compilers));
        }

        assertThat(warm.isEnough()).isTrue();
        assertThat(warm.told(60))
                .startsWith("60 turns at 60/s")
                .contains("10.0 (5.0), 10.0 (0.6), 10.0 (0.4) ms")
                .doesNotContain("compiling");
    }

    @Test
    void a_round_whose_threads_or_processes_went_away_says_nothing_of_the_compilers() {
        for (int round = 0; round < 4; round++) {
            warm.add(new Warm.Round(10, 100, 0));
        }
        assertThat(warm.isCompiled()).isTrue();

        warm.add(new Warm.Round(10, 100, -40));
        assertThat(warm.isCompiled()).isFalse();
        warm.add(new Warm.Round(10, 100, 0));
        assertThat(warm.isCompiled()).isFalse();
        warm.add(new Warm.Round(10, 100, 0));
        assertThat(warm.isCompiled()).isTrue();

        warm.add(new Warm.Round(10, 0, 0));
        assertThat(warm.isCompiled()).isFalse();
    }

    @Test
    void ends_and_says_so_when_they_never_come_to_an_end() {
        while (!warm.isEnough()) {
            warm.add(new Warm.Round(1, 100, 50));
        }

        assertThat(warm.turns()).isEqualTo(24);
        assertThat(warm.told(60)).contains("still compiling");
    }
}
