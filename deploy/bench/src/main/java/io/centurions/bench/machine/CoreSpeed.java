package io.centurions.bench.machine;

import io.centurions.bench.figure.Spread;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How fast one core is just now. A shared machine lends its cores at half their speed for hours, and every figure follows: by this
 * one, runs of two days can be compared.
 */
public final class CoreSpeed {

    private static final int STEPS = 20_000_000;
    /** The first ones are interpreted, then compiled. */
    private static final int WARM_UP = 3;

    private static final int MEASURED = 11;

    private CoreSpeed() {}

    /** Million steps a second of a loop whose steps wait for each other, on the calling thread; takes about a second. */
    public static Spread measured() {
        List<Double> all = IntStream.range(0, WARM_UP + MEASURED)
                .mapToObj(any -> millionSteps())
                .toList();
        return Spread.of(all.subList(WARM_UP, all.size()));
    }

    private static double millionSteps() {
        long began = System.nanoTime();
        long end = stepped(began | 1);
        double steps = STEPS * 1e3 / (System.nanoTime() - began);
        // Zero is never reached from anything else; to say so keeps the loop from being left out.
        return end == 0 ? 0 : steps;
    }

    private static long stepped(long from) {
        long x = from;
        for (int step = 0; step < STEPS; step++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }
}
