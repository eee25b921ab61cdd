package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlushesTest {

    private static final Instant FLUSH = Scene.NOON;
    private static final Instant READ = at(300);

    @Test
    void without_a_flush_there_is_nothing_to_say() {
        assertThat(Flushes.judge(List.of(fact(0, null)), List.of(), List.of(), READ))
                .isEmpty();
    }

    @Test
    void a_fact_from_before_has_sixty_seconds_from_the_flush() {
        assertThat(late(fact(-30, at(60)))).isZero();
        assertThat(late(fact(-30, at(61)))).isOne();
    }

    @Test
    void a_fact_from_after_has_sixty_seconds_of_its_own() {
        assertThat(late(fact(30, at(90)))).isZero();
        assertThat(late(fact(30, at(91)))).isOne();
    }

    @Test
    void what_never_became_whole_is_late_when_its_time_is_over() {
        assertThat(late(fact(-1, null))).isOne();
        assertThat(count(0, List.of(fact(-1, null)), List.of(FLUSH), List.of(), at(59)))
                .isZero();
    }

    @Test
    void what_was_whole_before_or_began_long_after_is_not_judged() {
        assertThat(count(1, List.of(fact(-200, at(-1)), fact(61, null)), List.of(FLUSH), List.of(), READ))
                .isZero();
    }

    @Test
    void a_fact_whose_minute_meets_another_fault_is_not_judged_and_others_are() {
        Disturbance kill = new Disturbance("kill", Set.of(), at(75), at(80));
        List<Fact> facts = List.of(fact(30, null), fact(-30, null));

        assertThat(count(0, facts, List.of(FLUSH), List.of(kill), READ)).isOne();
        assertThat(count(1, facts, List.of(FLUSH), List.of(kill), READ)).isOne();
    }

    @Test
    void a_second_flush_within_the_minute_starts_it_again() {
        List<Instant> twice = List.of(FLUSH, at(40));

        assertThat(count(0, List.of(fact(-5, at(100))), twice, List.of(), READ)).isZero();
        assertThat(count(0, List.of(fact(-5, at(101))), twice, List.of(), READ)).isOne();
    }

    private static long late(Fact fact) {
        return count(0, List.of(fact), List.of(FLUSH), List.of(), READ);
    }

    private static long count(
            int row, List<Fact> facts, List<Instant> flushes, List<Disturbance> others, Instant read) {
        return Flushes.judge(facts, flushes, others, read).get(row).count();
    }

    private static Fact fact(int second, Instant whole) {
        return new Fact("qualified to deal", "lead " + second, at(second), whole);
    }

    private static Instant at(int second) {
        return FLUSH.plusSeconds(second);
    }
}
