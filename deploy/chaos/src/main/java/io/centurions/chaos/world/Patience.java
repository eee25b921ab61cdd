package io.centurions.chaos.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for what will come. */
public final class Patience {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);

    private Patience() {}

    /** @throws IllegalStateException when nothing came within the limit */
    public static <T> T until(String expected, Duration limit, Supplier<Optional<T>> look) {
        Instant deadline = Instant.now().plus(limit);
        Optional<T> seen = look.get();
        while (seen.isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("within " + limit.toSeconds() + " s there was no " + expected);
            }
            pause(BETWEEN_LOOKS);
            seen = look.get();
        }
        return seen.get();
    }

    /** Ends early when the thread is interrupted, which stays so. */
    public static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        long left = time.toNanos();
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
    }
}
