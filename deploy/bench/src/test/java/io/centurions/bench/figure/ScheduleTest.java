package io.centurions.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void moments_are_evenly_apart_and_do_not_drift() {
        Schedule schedule = new Schedule(1000, 50, 10_000);

        assertThat(schedule.dueAt(0)).isEqualTo(1000);
        assertThat(schedule.dueAt(1)).isEqualTo(1000 + 20_000_000);
        assertThat(schedule.dueAt(9_999)).isEqualTo(1000 + 9_999L * 20_000_000);
    }

    @Test
    void a_rate_that_does_not_divide_a_second_is_kept_on_average() {
        Schedule schedule = new Schedule(0, 3, 10);

        assertThat(schedule.dueAt(1)).isEqualTo(333_333_333);
        assertThat(schedule.dueAt(9)).isEqualTo(3_000_000_000L);
    }

    @Test
    void a_length_becomes_a_count() {
        assertThat(Schedule.lasting(0, 50, Duration.ofSeconds(20)).count()).isEqualTo(1000);
    }

    @Test
    void no_rate_is_no_schedule() {
        assertThatThrownBy(() -> new Schedule(0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
