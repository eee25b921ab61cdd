package io.centurions.bench.figure;

import java.time.Duration;

/**
 * When an open loop sends: at fixed moments, whatever became of what it sent before. A latency is counted from the planned moment,
 * so a server that stalls is charged for all that had to wait (no coordinated omission).
 *
 * @param start     {@link System#nanoTime} of the first one
 * @param perSecond rate
 * @param count     how many in all
 */
public record Schedule(long start, double perSecond, int count) {

    private static final double NANOS = 1e9;

    public Schedule {
        if (perSecond <= 0 || count < 0) {
            throw new IllegalArgumentException("nothing can be sent " + count + " times at " + perSecond + " a second");
        }
    }

    public static Schedule lasting(long start, double perSecond, Duration length) {
        return new Schedule(start, perSecond, (int) Math.floor(perSecond * length.toNanos() / NANOS));
    }

    /** The moment of the n-th, counted from 0. */
    public long dueAt(int n) {
        return start + Math.round(n * NANOS / perSecond);
    }
}
