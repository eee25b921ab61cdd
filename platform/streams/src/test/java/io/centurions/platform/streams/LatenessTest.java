package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.streams.Progress.OnStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** With an hour of patience for failures, and replicas that count as dead after a minute. */
class LatenessTest {

    private static final Instant BEGUN = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration LOOKED_FOR = Duration.ofMillis(200);

    private final Lateness lateness =
            new Lateness(new Replica.Config(Duration.ofMinutes(1), Duration.ZERO, Duration.ofHours(1)), BEGUN);

    @Test
    void what_was_left_by_an_earlier_life_is_told_of_only_when_it_could_have_been_taken_up() {
        Progress left = readAt(BEGUN.minus(Duration.ofHours(9)));

        assertThat(lateness.toTell(left, BEGUN.plus(Duration.ofMinutes(1)))).isEmpty();
        assertThat(lateness.toTell(left, BEGUN.plus(Duration.ofMinutes(1)).plus(LOOKED_FOR)))
                .isPresent();
    }

    @Test
    void what_fails_may_change_hands_before_its_last_try() {
        Progress failing = readAt(BEGUN);
        Duration lastTry = Duration.ofMinutes(1);
        Instant latest = BEGUN.plus(Duration.ofHours(1))
                .plus(Duration.ofMinutes(1))
                .plus(LOOKED_FOR)
                .plus(lastTry);

        assertThat(lateness.toTell(failing, latest)).isEmpty();
        assertThat(lateness.toTell(failing, latest.plusMillis(1))).isPresent();
    }

    @Test
    void an_operator_is_told_again_after_five_minutes() {
        Progress late = readAt(BEGUN);
        Instant told = BEGUN.plus(Duration.ofHours(3));

        assertThat(lateness.toTell(late, told)).isPresent();
        assertThat(lateness.toTell(late, told.plusSeconds(299))).isEmpty();
        assertThat(lateness.toTell(late, told.plusSeconds(300))).isPresent();
    }

    private static Progress readAt(Instant entered) {
        return new Progress(UUID.randomUUID(), List.of(new OnStream("t", "1-0", 1, 1, entered, null)));
    }
}
