package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlushesTest {

    private static final String LATE = "flows not whole 60 s after FLUSHALL";
    private static final String JUDGED = "flows judged after FLUSHALL";
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
        assertThat(count(LATE, List.of(fact(-1, null)), List.of(FLUSH), List.of(), at(59)))
                .isZero();
    }

    @Test
    void what_was_whole_before_or_began_long_after_is_not_judged() {
        assertThat(count(JUDGED, List.of(fact(-200, at(-1)), fact(61, null)), List.of(FLUSH), List.of(), READ))
                .isZero();
    }

    @Test
    void a_fact_whose_minute_meets_another_fault_is_not_judged_and_others_are() {
        Disturbance kill = new Disturbance("kill", Set.of(), at(75), at(80));
        List<Fact> facts = List.of(fact(30, null), fact(-30, null));

        assertThat(count(LATE, facts, List.of(FLUSH), List.of(kill), READ)).isOne();
        assertThat(count(JUDGED, facts, List.of(FLUSH), List.of(kill), READ)).isOne();
    }

    @Test
    void a_second_flush_within_the_minute_starts_it_again() {
        List<Instant> twice = List.of(FLUSH, at(40));

        assertThat(count(LATE, List.of(fact(-5, at(100))), twice, List.of(), READ))
                .isZero();
        assertThat(count(LATE, List.of(fact(-5, at(101))), twice, List.of(), READ))
                .isOne();
    }

    @Test
    void a_run_in_which_nothing_was_open_at_the_flush_makes_no_promise_of_it() {
        List<Row> rows = Flushes.judge(List.of(fact(30, at(40))), List.of(FLUSH), List.of(), READ);

        assertThat(rows).noneMatch(Row::mustBeZero);
        assertThat(rows).extracting(Row::name).contains(LATE + " (none judged)");
    }

    @Test
    void a_run_that_is_only_about_the_flush_proves_nothing_where_no_flow_was_open() {
        assertThat(strictly(List.of(fact(30, at(40))), List.of(FLUSH))).isFalse();
        assertThat(strictly(List.of(fact(-5, at(40))), List.of())).isFalse();
        assertThat(strictly(List.of(fact(-5, at(61))), List.of(FLUSH))).isFalse();
        assertThat(strictly(List.of(fact(-5, at(40))), List.of(FLUSH))).isTrue();
    }

    private static boolean strictly(List<Fact> facts, List<Instant> flushes) {
        return Flushes.judgeStrictly(facts, flushes, List.of(), READ).stream().allMatch(Row::holds);
    }

    private static long late(Fact fact) {
        return count(LATE, List.of(fact), List.of(FLUSH), List.of(), READ);
    }

    private static long count(
            String row, List<Fact> facts, List<Instant> flushes, List<Disturbance> others, Instant read) {
        return Flushes.judge(facts, flushes, others, read).stream()
                .filter(one -> one.name().equals(row))
                .mapToLong(Row::count)
                .sum();
    }

    private static Fact fact(int second, Instant whole) {
        return new Fact("qualified to deal", "lead " + second, at(second), whole);
    }

    private static Instant at(int second) {
        return FLUSH.plusSeconds(second);
    }
}
