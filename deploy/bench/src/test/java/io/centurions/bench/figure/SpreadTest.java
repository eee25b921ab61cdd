package io.centurions.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void the_median_of_three_is_the_one_in_the_middle() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9, 3));
    }

    @Test
    void the_median_of_four_lies_between_the_two_in_the_middle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 10.0)).median()).isEqualTo(3);
    }

    @Test
    void a_run_that_gave_nothing_is_left_out_and_nothing_at_all_is_no_number() {
        assertThat(Spread.of(List.of(Double.NaN, 5.0))).isEqualTo(new Spread(5, 5, 5, 1));
        assertThat(Spread.of(List.of()).median()).isNaN();
    }

    @Test
    void an_aim_is_not_met_by_what_could_not_be_measured() {
        assertThat(Aim.below(25).isMetBy(Double.NaN)).isFalse();
        assertThat(Aim.atLeast(0.7).isMetBy(Double.NaN)).isFalse();
        assertThat(Aim.below(25).isMetBy(25)).isFalse();
        assertThat(Aim.atLeast(0.7).isMetBy(0.7)).isTrue();
    }
}
