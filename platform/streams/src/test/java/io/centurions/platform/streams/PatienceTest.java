package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Instant OCCURRED = Instant.parse("2026-11-20T12:00:00Z");

    private final Patience patience = new Patience(OCCURRED, Duration.ofMinutes(5), Duration.ofHours(1));

    @Test
    void waits_grow_and_end_at_half_a_minute() {
        Duration first = patience.next();
        for (int attempt = 0; attempt < 30; attempt++) {
            patience.next();
        }
        Duration last = patience.next();

        assertThat(first).isBetween(Duration.ofMillis(150), Duration.ofMillis(200));
        assertThat(last).isBetween(Duration.ofMillis(22_500), Duration.ofSeconds(30));
    }

    @Test
    void waiting_for_something_else_is_bounded_by_age_and_not_by_tries() {
        Outcome.Later later = new Outcome.Later("deal not there");

        assertThat(patience.later(later, OCCURRED.plus(Patience.OLDEST))).isEqualTo(later);
        assertThat(patience.later(later, OCCURRED.plus(Patience.OLDEST).plusMillis(1)))
                .isInstanceOf(Outcome.Parked.class);
    }

    @Test
    void failing_is_bounded_by_tries_spread_over_minutes_and_the_last_reason_is_the_one_that_is_kept() {
        for (int tries = 1; tries <= 3 * Patience.FAILURES_MIN; tries++) {
            assertThat(patience.failed("it fails", failures(tries), OCCURRED.plusSeconds(10L * tries)))
                    .isInstanceOf(Outcome.Later.class);
        }

        assertThat(patience.failed("it fails at last", failures(25), OCCURRED.plus(Duration.ofMinutes(5))))
                .isEqualTo(Outcome.parked("it fails at last"));
    }

    @Test
    void a_few_failures_are_not_enough_however_long_ago_the_first_was() {
        assertThat(patience.failed("it fails", failures(7), OCCURRED.plus(Duration.ofHours(1))))
                .isInstanceOf(Outcome.Later.class);
        assertThat(patience.failed("it fails", failures(7), OCCURRED.plus(Duration.ofHours(25))))
                .as("older than anything is tried")
                .isInstanceOf(Outcome.Parked.class);
    }

    @Test
    void an_unknown_version_waits_an_hour_for_its_deployment() {
        assertThat(patience.unknownVersion(OCCURRED.plus(Duration.ofMinutes(59))))
                .isInstanceOf(Outcome.Later.class);
        assertThat(patience.unknownVersion(OCCURRED.plus(Duration.ofMinutes(61))))
                .isInstanceOf(Outcome.Parked.class);
    }

    private static Failures failures(int tries) {
        return new Failures(tries, OCCURRED);
    }
}
