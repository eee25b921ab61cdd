package io.centurions.platform.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long one event is tried, and how long to wait before the next try. Waiting for something that must come first is
 * bounded by the event's age; failing is bounded by the number of tries; a version we do not know waits an hour for the
 * deployment that brings it.
 */
final class Patience {

    static final Duration OLDEST = Duration.ofHours(24);
    static final Duration UNKNOWN_VERSION = Duration.ofHours(1);
    static final int FAILURES_MAX = 8;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Instant occurredAt;
    private int attempts;
    private int failures;

    Patience(Instant occurredAt) {
        this.occurredAt = occurredAt;
    }

    int attempts() {
        return attempts;
    }

    Outcome later(Outcome.Later later, Instant now) {
        return olderThan(OLDEST, now) ? Outcome.parked("waited too long: " + later.why()) : later;
    }

    Outcome unknownVersion(Instant now) {
        return olderThan(UNKNOWN_VERSION, now) ? Outcome.parked("unknown version") : Outcome.later("unknown version");
    }

    Outcome failed(RuntimeException failure) {
        failures++;
        // The class only: a message may quote content.
        String reason = failure.getClass().getSimpleName();
        return failures >= FAILURES_MAX ? Outcome.parked(reason) : Outcome.later(reason);
    }

    /** Doubles from {@link #FIRST_WAIT} to {@link #LONGEST_WAIT}, less up to a quarter, so that replicas spread. */
    Duration next() {
        long wait = Math.min(FIRST_WAIT.toMillis() << Math.min(attempts, 20), LONGEST_WAIT.toMillis());
        attempts++;
        return Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 4 + 1));
    }

    private boolean olderThan(Duration age, Instant now) {
        return Duration.between(occurredAt, now).compareTo(age) > 0;
    }
}
