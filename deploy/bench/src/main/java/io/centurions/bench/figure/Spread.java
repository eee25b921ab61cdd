package io.centurions.bench.figure;

import java.util.List;

/**
 * What repeated runs of one measurement gave. The median is the figure; the rest tells how far to trust it. A run that measured nothing
 * (NaN) is left out, one in which something never came (infinite) is the worst of all.
 *
 * @param median of an even number of runs, the mean of the two in the middle
 * @param runs   how many
 */
public record Spread(double median, double least, double most, int runs) {

    public static Spread of(List<Double> values) {
        List<Double> sorted =
                values.stream().filter(value -> !value.isNaN()).sorted().toList();
        if (sorted.isEmpty()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }
}
