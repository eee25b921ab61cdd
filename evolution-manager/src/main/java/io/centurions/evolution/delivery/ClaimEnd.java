package io.centurions.evolution.delivery;

import io.centurions.platform.loops.Closing;
import java.time.Duration;

/**
 * Until when a worker may find out what became of a call: its replica goes on, and the claim's call deadline, five seconds after which
 * a successor takes it for dead, has not come.
 *
 * @param at by {@link System#nanoTime()}
 */
record ClaimEnd(Closing closing, long at) {

    // What is asked for less would be cut off, and speak against a server that is well.
    private static final Duration WORTH_A_LOOK = Duration.ofSeconds(1);

    /** @param claimedAt before the claim was sent, so that this end does not come after the database's */
    static ClaimEnd of(Closing closing, long claimedAt, Duration lease, Duration callTimeout) {
        return new ClaimEnd(closing, claimedAt + lease.plus(callTimeout).toNanos());
    }

    /** Waits, but not into the end. @return true when too little would be left for a look, or the replica is ending */
    boolean comesWithin(Duration wait) throws InterruptedException {
        return left().minus(wait).compareTo(WORTH_A_LOOK) < 0 || closing.beginsWithin(wait);
    }

    Duration left() {
        return Duration.ofNanos(at - System.nanoTime());
    }
}
