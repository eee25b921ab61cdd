package io.centurions.contracts;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes identifiers that sort by the time of their making (UUID version 7, RFC 9562).
 *
 * <p>Within a process each is greater than the one before, in the byte order of PostgreSQL too, even when the clock
 * stands still or steps back. Between processes only the millisecond is comparable.
 */
public final class Uuid7 {

    /** Milliseconds since the epoch in the upper 52 bits, a counter within the millisecond in the lower 12. */
    private static final AtomicLong LAST = new AtomicLong();

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final long VERSION = 0x7000L;

    private Uuid7() {}

    public static UUID next() {
        long earliest = System.currentTimeMillis() << COUNTER_BITS;
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, earliest));
        long high = tick >>> COUNTER_BITS << 16 | VERSION | tick & COUNTER_MASK;
        // The lower half of a random UUID carries the variant bits and 62 secure random ones. A SecureRandom of our own
        // could not be kept in a field: a native image refuses a seed made at build time.
        return new UUID(high, UUID.randomUUID().getLeastSignificantBits());
    }
}
