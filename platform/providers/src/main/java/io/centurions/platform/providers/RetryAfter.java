package io.centurions.platform.providers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date of HTTP. */
public final class RetryAfter {

    /** Whoever asks for more is asked again after this long. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * @param value the header; null when there was none
     * @param now   by our clock
     * @return from zero to {@link #LONGEST}; empty when it says nothing that can be read
     */
    public static Optional<Duration> parse(String value, Instant now) {
        // Nearly every answer: not worth an exception to find out.
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        String text = value.strip();
        if (text.matches("\\d+")) {
            // More digits than these are more than the longest wait anyway.
            return Optional.of(capped(text.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(capped(Duration.between(now, date)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    /** The same limits for a wait that a provider asks for in another place. */
    public static Duration capped(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
