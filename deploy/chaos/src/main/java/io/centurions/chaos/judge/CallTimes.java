package io.centurions.chaos.judge;

import java.time.Duration;

/**
 * How long calls to leads take, as this run's fleet is set.
 *
 * @param timeout after which the caller gives a call up; the provider may still do it
 * @param lease   how long a claim of a bubble lasts beyond that
 * @param margin  how long a successor waits beyond both before it calls again
 */
public record CallTimes(Duration timeout, Duration lease, Duration margin) {

    /** From the claim of a bubble to the earliest call of a successor. */
    Duration untilSuccessor() {
        return lease.plus(timeout).plus(margin);
    }
}
