package io.centurions.bench.turns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatenessTest {

    @Test
    void only_deadlines_of_the_window_count_and_the_missing_count_as_the_slowest() {
        Lateness lateness = new Lateness(
                Map.of(1L, 1_000_000L, 2L, 1_500_000L, 3L, 2_000_000L, 4L, 1_600_000L),
                Map.of(1L, 1_010_000L, 2L, 1_530_000L, 3L, 2_090_000L));

        assertThat(lateness.between(1_000_000, 2_000_000).size()).isEqualTo(2);
        assertThat(lateness.between(1_000_000, 2_000_000).millis(60)).isEqualTo(30);
        assertThat(lateness.between(1_000_000, 2_000_000).missing()).isEqualTo(1);
        assertThat(lateness.between(1_000_000, 2_000_000).most()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(lateness.between(1_000_000, 1_600_000).missing()).isZero();
    }

    @Test
    void windows_lie_between_neighbouring_edges() {
        Lateness lateness = new Lateness(Map.of(1L, 10L, 2L, 20L, 3L, 30L), Map.of(1L, 11L, 2L, 22L, 3L, 33L));

        assertThat(lateness.windows(List.of(10L, 20L, 30L)))
                .extracting(window -> window.millis(50))
                .containsExactly(0.001, 0.002);
    }
}
