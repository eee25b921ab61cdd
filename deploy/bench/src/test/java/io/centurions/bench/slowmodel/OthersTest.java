package io.centurions.bench.slowmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.bench.figure.Samples;
import io.centurions.bench.report.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class OthersTest {

    private static final String ALL = "the other company all the time, also while the slow turns are begun, p99";
    private static final String WAITING = "the other company while the slow turns wait, p99";

    private final Others others = new Others();

    @Test
    void a_deadline_may_be_as_late_while_the_slow_turns_are_begun_as_while_they_wait() {
        others.alone(late(10));
        others.beside(late(249), late(10));
        assertThat(line(ALL).met()).isTrue();

        others.beside(late(251), late(10));
        others.beside(late(251), late(10));
        assertThat(line(ALL).met()).isFalse();
        assertThat(line(WAITING).met()).isTrue();
        assertThat(line(ALL).aim()).isEqualTo(line(WAITING).aim());
    }

    @Test
    void one_turn_that_never_came_beside_the_slow_ones_misses_what_is_aimed_at_there() {
        others.alone(late(10));
        others.beside(late(10).withMissing(1), late(10));

        assertThat(others.lines().stream().filter(line -> line.aim() != null))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.met()).isFalse());
    }

    @Test
    void what_is_told_of_it_is_a_median_over_the_rounds() {
        List.of(10, 30, 20).forEach(millis -> others.alone(late(millis)));

        assertThat(line("the other company alone, p50").spread().median()).isEqualTo(20);
    }

    private Line line(String measure) {
        return others.lines().stream()
                .filter(line -> line.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private static Samples late(long millis) {
        return Samples.ofNanos(millis * 1_000_000);
    }
}
