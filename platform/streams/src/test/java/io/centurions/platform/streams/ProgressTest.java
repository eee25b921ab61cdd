package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(5);

    @Test
    void a_failing_event_is_given_its_last_try_and_its_parking_before_its_stream_is_late() {
        var patience = new Patience(NOW, GIVE_UP_AFTER, Duration.ofHours(1));
        Instant now = NOW;
        int tries = 1;
        Outcome outcome = patience.failed("it fails", new Failures(tries, NOW), now);
        while (outcome instanceof Outcome.Later) {
            now = now.plus(patience.next()).plusSeconds(5);
            tries++;
            assertThat(read(NOW).isLate(GIVE_UP_AFTER, now)).as("%s", now).isFalse();
            outcome = patience.failed("it fails", new Failures(tries, NOW), now);
        }

        assertThat(now).isAfter(NOW.plus(GIVE_UP_AFTER));
    }

    @Test
    void one_that_outlives_the_time_of_its_parking_makes_its_stream_late() {
        assertThat(read(ago(6, 1)).isLate(GIVE_UP_AFTER, NOW)).isTrue();
    }

    @Test
    void who_is_patient_with_failures_for_longer_hears_of_them_later() {
        assertThat(read(ago(29, 0)).isLate(Duration.ofMinutes(30), NOW)).isFalse();
        assertThat(read(ago(31, 1)).isLate(Duration.ofMinutes(30), NOW)).isTrue();
    }

    @Test
    void one_that_nobody_reads_makes_its_stream_late_after_five_minutes_however_patient_we_are_with_failures() {
        assertThat(unread(ago(5, 1)).isLate(Duration.ofMinutes(30), NOW)).isTrue();
        assertThat(unread(ago(4, 59)).isLate(Duration.ofMinutes(30), NOW)).isFalse();
    }

    @Test
    void a_stream_without_anything_unfinished_is_never_late() {
        assertThat(new Progress.OnStream("t", "1-0", 0, 0, null, null).isLate(GIVE_UP_AFTER, NOW))
                .isFalse();
    }

    private static Instant ago(int minutes, int seconds) {
        return NOW.minus(Duration.ofMinutes(minutes)).minusSeconds(seconds);
    }

    private static Progress.OnStream read(Instant entered) {
        return new Progress.OnStream("t", "1-0", 1, 1, entered, null);
    }

    private static Progress.OnStream unread(Instant entered) {
        return new Progress.OnStream("t", "1-0", 0, 1, entered, entered);
    }
}
