package io.centurions.chaos.wreck;

import io.centurions.chaos.world.Patience;
import io.centurions.local.place.Trouble;
import io.centurions.local.process.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Waits for what is to be hit, or was: another fault may have it down just then. */
final class Serving {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private Serving() {}

    /** Whether it served within the time. */
    static boolean within(Duration limit, Probe probe) {
        Instant deadline = Instant.now().plus(limit);
        while (Instant.now().isBefore(deadline) && !Thread.currentThread().isInterrupted()) {
            if (serves(probe)) {
                return true;
            }
            Patience.pause(BETWEEN_LOOKS);
        }
        return false;
    }

    /**
     * The number of its process, as soon as it serves.
     *
     * @throws Trouble when it did not within the time
     */
    static long pid(String name, Duration limit, Probe probe, LongSupplier pid) {
        Instant deadline = Instant.now().plus(limit);
        while (within(Duration.between(Instant.now(), deadline), probe)) {
            try {
                return pid.getAsLong();
            } catch (Trouble goneAgain) {
                Patience.pause(BETWEEN_LOOKS);
            }
        }
        throw new Trouble(name + " did not serve within " + limit.toSeconds() + " s");
    }

    private static boolean serves(Probe probe) {
        try {
            return probe.missing().isEmpty();
        } catch (Trouble e) {
            // A server that is just going down may say something final.
            return false;
        }
    }
}
