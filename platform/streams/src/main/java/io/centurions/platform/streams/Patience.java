package io.centurions.platform.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long one event is tried, and how long to wait before the next try. Waiting for something that must come first is
 * bounded by the event's age; failing is bounded by the number of tries and by the minutes that they were spread over,
 * whoever tried; a version we do not know waits an hour for the deployment that brings it.
 */
final class Patience {

    static final Duration OLDEST = Duration.ofHours(24);
    static final int FAILURES_MIN = 8;
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Instant since;
    private final Duration giveUpAfter;
    private final Duration unknownVersionAfter;
    private int attempts;

    /**
     * @param since               when its age began: when the fact happened, or when an operator had it sent again
     * @param giveUpAfter         how long a failing handler is tried at least
     * @param unknownVersionAfter how long a version we do not know waits
     */
    Patience(Instant since, Duration giveUpAfter, Duration unknownVersionAfter) {
        this.since = since;
        this.giveUpAfter = giveUpAfter;
        this.unknownVersionAfter = unknownVersionAfter;
    }

    int attempts() {
        return attempts;
    }

    Outcome later(Outcome.Later later, Instant now) {
        return olderThan(OLDEST, now) ? Outcome.parked("waited too long: " + later.why()) : later;
    }

    Outcome unknownVersion(Instant now) {
        return olderThan(unknownVersionAfter, now)
                ? Outcome.parked("unknown version")
                : Outcome.later("unknown version");
    }

    Outcome failed(String reason, Failures failures, Instant now) {
        boolean longEnough = Duration.between(failures.since(), now).compareTo(giveUpAfter) >= 0;
        return failures.tries() >= FAILURES_MIN && longEnough || olderThan(OLDEST, now)
                ? Outcome.parked(reason)
                : Outcome.later(reason);
    }

    /** Doubles from {@link #FIRST_WAIT} to {@link #LONGEST_WAIT}, less up to a quarter, so that replicas spread. */
    Duration next() {
        long wait = Math.min(FIRST_WAIT.toMillis() << Math.min(attempts, 20), LONGEST_WAIT.toMillis());
        attempts++;
        return Duration.ofMillis(wait - ThreadLocalRandom.current().nextLong(wait / 4 + 1));
    }

    private boolean olderThan(Duration age, Instant now) {
        return Duration.between(since, now).compareTo(age) > 0;
    }
}
