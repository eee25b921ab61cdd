package io.centurions.bench.figure;

import java.util.Arrays;
import java.util.List;

/**
 * The durations of one run, all of them: percentiles are exact, by nearest rank. What never came counts as one that took for ever:
 * it pushes the percentiles up, and one that falls on it is infinite.
 */
public final class Samples {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;
    private final long missing;

    private Samples(long[] nanos, long missing) {
        this.sorted = nanos;
        this.missing = missing;
        Arrays.sort(sorted);
    }

    public static Samples ofNanos(long... nanos) {
        return new Samples(nanos.clone(), 0);
    }

    /** What several threads recorded, as one. */
    public static Samples together(List<Recorder> recorders) {
        return new Samples(
                recorders.stream()
                        .map(Recorder::nanos)
                        .flatMapToLong(Arrays::stream)
                        .toArray(),
                0);
    }

    /** The same, and so many more that were expected and never came. */
    public Samples withMissing(long more) {
        return new Samples(sorted.clone(), missing + more);
    }

    /** How many came. */
    public int size() {
        return sorted.length;
    }

    /** How many never came. */
    public long missing() {
        return missing;
    }

    /**
     * The smallest value that at least {@code percent} of all do not exceed, in milliseconds; NaN of nothing, infinite where so many
     * never came.
     *
     * @param percent above 0, at most 100
     */
    public double millis(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("a percentile lies in (0, 100], not " + percent);
        }
        if (sorted.length + missing == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(percent / 100 * (sorted.length + missing)));
        return rank > sorted.length ? Double.POSITIVE_INFINITY : sorted[(int) rank - 1] / NANOS_PER_MILLI;
    }

    /** {@link #millis} of each of several windows or runs, in their order. */
    public static List<Double> millisOfEach(List<Samples> several, double percent) {
        return several.stream().map(one -> one.millis(percent)).toList();
    }

    /** The greatest, in milliseconds; NaN of nothing, infinite where one never came. */
    public double most() {
        return millis(100);
    }
}
