package io.centurions.chaos.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a process ended that was asked to.
 *
 * @param took   until it was gone
 * @param forced empty where it ended by itself
 * @param back   whether its successor served in time
 */
public record Ending(String process, Instant asked, Duration took, Optional<Forced> forced, boolean back) {

    /**
     * It did not end in its grace period and was killed.
     *
     * @param until    when its successor served, or was given up
     * @param inFlight sends to leads that were on the wire just before, of its gateway
     */
    public record Forced(Instant from, Instant until, long inFlight) {}

    public boolean byItself() {
        return forced.isEmpty();
    }
}
