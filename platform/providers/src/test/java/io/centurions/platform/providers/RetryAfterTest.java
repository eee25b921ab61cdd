package io.centurions.platform.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest(name = "{0} is {1} s")
    @CsvSource(textBlock = """
            0,                               0
            7,                               7
            ' 12 ',                          12
            3600,                            3600
            3601,                            3600
            99999999999999999999,            3600
            'Sun, 1 Mar 2026 10:00:30 GMT',  30
            'Sun, 01 Mar 2026 10:02:00 GMT', 120
            'Sun, 1 Mar 2026 09:00:00 GMT',  0
            'Mon, 2 Mar 2026 10:00:00 GMT',  3600
            """)
    void seconds_and_dates_are_read_and_capped(String header, long seconds) {
        assertThat(RetryAfter.parse(header, NOW)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-3", "1.5", "soon", "0x10", "Sun, 99 Mar 2026 10:00:30 GMT", "2026-03-01T10:00:30Z"})
    void what_cannot_be_read_says_nothing(String header) {
        assertThat(RetryAfter.parse(header, NOW)).isEmpty();
    }

    @Test
    void no_header_says_nothing() {
        assertThat(RetryAfter.parse(null, NOW)).isEmpty();
    }
}
