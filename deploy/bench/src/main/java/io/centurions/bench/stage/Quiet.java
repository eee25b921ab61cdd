package io.centurions.bench.stage;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits between measurements until what the last one left behind is worked off. */
public final class Quiet {

    private static final long BETWEEN_MILLIS = 50;

    private Quiet() {}

    /** Returns true as soon as it is so, false when it is not within the time. */
    public static boolean until(Duration most, BooleanSupplier isSo) {
        long end = System.nanoTime() + most.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end || !pause(BETWEEN_MILLIS)) {
                return false;
            }
        }
        return true;
    }

    /** Waits; false when it was interrupted. */
    public static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
