package io.centurions.runtime.understand;

import io.centurions.runtime.think.NotNow;
import java.time.Duration;

/** How much longer a turn waits for its media, all of them together, from the moment when this was made. */
public final class MediaPatience {

    /** With less than this left a call would only be cut off. */
    private static final Duration LEAST_CALL = Duration.ofSeconds(1);

    private final long until;

    private MediaPatience(Duration left) {
        this.until = System.nanoTime() + left.toNanos();
    }

    public static MediaPatience of(Duration left) {
        return new MediaPatience(left);
    }

    /** True when nothing more can be asked. */
    public boolean isOver() {
        return untilItEnds().compareTo(LEAST_CALL) < 0;
    }

    /**
     * How long the next call may take.
     *
     * @throws NotNow when nothing more can be asked
     */
    public Duration left() {
        Duration left = untilItEnds();
        if (left.compareTo(LEAST_CALL) < 0) {
            throw Download.later("patience_is_over", Duration.ZERO);
        }
        return left;
    }

    /** How long one may wait before a call; nothing or less when nothing more can be asked. */
    Duration beforeACall() {
        return untilItEnds().minus(LEAST_CALL);
    }

    private Duration untilItEnds() {
        return Duration.ofNanos(until - System.nanoTime());
    }
}
