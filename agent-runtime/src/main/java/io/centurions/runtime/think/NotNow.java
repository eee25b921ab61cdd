package io.centurions.runtime.think;

import io.centurions.platform.providers.Exchange;
import java.time.Duration;
import java.util.Optional;

/**
 * Whoever was asked cannot answer now, and it is known how long to leave them alone: a model that is busy and said so, or the
 * keeper of a file that did not come. Says nothing of what was asked.
 */
public final class NotNow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration after;

    /** @param why a code */
    public NotNow(String why, Duration after) {
        super(why);
        this.after = after;
    }

    /**
     * What a provider says that is busy ({@code Retry-After}); empty for any other answer. What we keep back ourselves is none:
     * that is this replica's own affair.
     */
    public static Optional<NotNow> saidBy(Exchange.Answered answered) {
        boolean busy = answered.status() == 429 || answered.status() >= 500;
        return busy && !answered.retryAfter().isZero()
                ? Optional.of(new NotNow("asked to wait: " + answered.status(), answered.retryAfter()))
                : Optional.empty();
    }

    /** How long to wait, in whatever the failure is wrapped; empty when it is none of these. */
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
