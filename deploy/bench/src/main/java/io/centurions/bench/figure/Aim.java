package io.centurions.bench.figure;

/**
 * What a figure should be.
 *
 * @param atLeast true: no less than the bound; false: below it
 */
public record Aim(boolean atLeast, double bound) {

    public static Aim atLeast(double bound) {
        return new Aim(true, bound);
    }

    public static Aim below(double bound) {
        return new Aim(false, bound);
    }

    /** False also for a figure that could not be measured. */
    public boolean isMetBy(double figure) {
        return atLeast ? figure >= bound : figure < bound;
    }
}
