package io.centurions.runtime.think;

import io.centurions.platform.providers.Exchange;
import java.time.Duration;
import java.util.Optional;

/**
 * A provider is busy and said how long to leave it alone. What we keep back ourselves is none: that is this
 * replica's own affair. Says nothing of what was asked.
 */
public final class NotNow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration after;

    private NotNow(int status, Duration after) {
        super("asked to wait: " + status);
        this.after = after;
    }

    /** What a provider says that is busy ({@code Retry-After}); empty for any other answer. */
    public static Optional<NotNow> saidBy(Exchange.Answered answered) {
        boolean busy = answered.status() == 429 || answered.status() >= 500;
        return busy && !answered.retryAfter().isZero()
                ? Optional.of(new NotNow(answered.status(), answered.retryAfter()))
                : Optional.empty();
    }

    /** What the provider asked for, in whatever its failure is wrapped; empty when it did not. */
    public static Optional<Duration> askedIn(Throwable failure) {
        // Langchain4j wraps what its HTTP client throws.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotNow found) {
                return Optional.of(found.after);
            }
        }
        return Optional.empty();
    }
}
