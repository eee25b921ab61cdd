package io.centurions.bench;

import java.time.Duration;

/**
 * How long and how often is measured.
 *
 * @param repeats at least 3, else there is no spread
 * @param window  of one measurement of what runs as fast as it can
 * @param steady  of one measurement of what comes at a steady rate
 * @param warm    of what goes before, unmeasured; a JVM that is still compiling is not what runs for days
 * @param scale   of counts, 1 for the real ones
 */
public record Pace(int repeats, Duration window, Duration steady, Duration warm, double scale) {

    public static final Pace WHOLE =
            new Pace(3, Duration.ofSeconds(6), Duration.ofSeconds(20), Duration.ofSeconds(12), 1);
    /** To see that everything works; too short for figures. */
    public static final Pace QUICK =
            new Pace(3, Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(4), 0.1);

    public int scaled(int count) {
        return (int) Math.max(1, Math.round(count * scale));
    }
}
