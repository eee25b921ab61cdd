package io.centurions.platform.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestsTest {

    /** Whatever the clock of a process shows, its end included. */
    private static final long NOW = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final Rests rests = new Rests();

    @Test
    void an_account_rests_for_as_long_as_was_asked_and_no_longer() {
        rests.ask("bot", Duration.ofSeconds(30), NOW);

        assertThat(rests.left("bot", NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(rests.left("bot", after(29))).isEqualTo(Duration.ofSeconds(1));
        assertThat(rests.left("bot", after(30))).isZero();
        assertThat(rests.left("another", NOW)).isZero();
    }

    @Test
    void a_shorter_wait_that_is_asked_for_later_ends_no_longer_one() {
        rests.ask("bot", Duration.ofSeconds(30), NOW);
        rests.ask("bot", Duration.ofSeconds(1), after(10));
        assertThat(rests.left("bot", after(10))).isEqualTo(Duration.ofSeconds(20));

        rests.ask("bot", Duration.ofSeconds(30), after(10));
        assertThat(rests.left("bot", after(10))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void nobody_rests_for_an_hour() {
        rests.ask("bot", Duration.ofHours(1), NOW);

        assertThat(rests.left("bot", NOW)).isEqualTo(Rests.LONGEST);
    }

    @Test
    void who_asked_for_nothing_is_not_remembered_and_whose_time_has_come_is_forgotten() {
        rests.ask("patient", Duration.ZERO, NOW);
        rests.ask("short", Duration.ofSeconds(1), NOW);
        rests.ask("long", Duration.ofSeconds(60), NOW);
        assertThat(rests.size()).isEqualTo(2);
        assertThat(rests.count(after(1))).isEqualTo(1);

        rests.tidy(after(1));

        assertThat(rests.size()).isEqualTo(1);
        assertThat(rests.left("long", after(1))).isPositive();
    }

    private static long after(int seconds) {
        return NOW + Duration.ofSeconds(seconds).toNanos();
    }
}
