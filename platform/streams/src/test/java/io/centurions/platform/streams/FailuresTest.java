package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final Instant ENTERED = Instant.parse("2026-11-20T12:00:00.123Z");
    private static final Entry ENTRY = new Entry("stream:deal.won", ENTERED.toEpochMilli() + "-0", Map.of());

    @Test
    void the_second_of_the_first_failure_and_the_tries_share_one_number() {
        long second = Failures.second(ENTRY, ENTERED.plusMillis(90_700));

        assertThat(Failures.of(ENTRY, second * Failures.SECOND + 12))
                .isEqualTo(new Failures(12, ENTERED.plusSeconds(90)));
    }

    @Test
    void an_entry_is_never_younger_than_its_first_second_whatever_our_clock_says() {
        assertThat(Failures.second(ENTRY, ENTERED.minusSeconds(5))).isOne();
        assertThat(Failures.of(ENTRY, Failures.SECOND + 1)).isEqualTo(new Failures(1, ENTERED));
    }
}
