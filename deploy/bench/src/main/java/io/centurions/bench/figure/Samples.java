package io.centurions.bench.figure;

import java.util.Arrays;
import java.util.List;

/** The durations of one run, all of them: percentiles are exact, by nearest rank. */
public final class Samples {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    private Samples(long[] nanos) {
        this.sorted = nanos;
        Arrays.sort(sorted);
    }

    public static Samples ofNanos(long... nanos) {
        return new Samples(nanos.clone());
    }

    /** What several threads recorded, as one. */
    public static Samples together(List<Recorder> recorders) {
        return new Samples(recorders.stream()
                .map(Recorder::nanos)
                .flatMapToLong(Arrays::stream)
                .toArray());
    }

    public int size() {
        return sorted.length;
    }

    /**
     * The smallest value that at least {@code percent} of all values do not exceed, in milliseconds; NaN of nothing.
     *
     * @param percent above 0, at most 100
     */
    public double millis(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("a percentile lies in (0, 100], not " + percent);
        }
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }

    /** The greatest, in milliseconds; NaN of nothing. */
    public double most() {
        return millis(100);
    }
}
