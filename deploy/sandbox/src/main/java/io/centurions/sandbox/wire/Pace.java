package io.centurions.sandbox.wire;

/**
 * How fast the simulated world reacts.
 *
 * <p>{@code FAST} is for tests: a step is 50 ms and a requested wait is cut short. {@code HUMAN} is for people watching:
 * ticks come as on a telephone and a requested wait is kept.
 */
public enum Pace {
    FAST(50, 300),
    HUMAN(700, 20_000);

    private final long stepMs;
    private final long longestHoldMs;

    Pace(long stepMs, long longestHoldMs) {
        this.stepMs = stepMs;
        this.longestHoldMs = longestHoldMs;
    }

    /** One step of the world: sent, then delivered, then read are one step apart. */
    public long stepMs() {
        return stepMs;
    }

    /** How long a call that asks to be held open (Evolution's {@code delay}) really is. */
    public long heldMs(long asked) {
        return Math.clamp(asked, 0, longestHoldMs);
    }
}
