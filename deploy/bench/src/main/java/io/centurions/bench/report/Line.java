package io.centurions.bench.report;

import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Spread;
import java.util.List;

/**
 * One figure of a benchmark.
 *
 * @param unit for example ms, 1/s, MiB, or empty for a ratio
 * @param runs one value a repetition
 * @param aim  null where there is none
 */
public record Line(String measure, String unit, List<Double> runs, Aim aim) {

    public static Line of(String measure, String unit, List<Double> runs) {
        return new Line(measure, unit, List.copyOf(runs), null);
    }

    public static Line of(String measure, String unit, double only) {
        return of(measure, unit, List.of(only));
    }

    /** How many times a reference of the same run, or what part of it. */
    public Line over(String measured, Line reference) {
        double median = reference.spread().median();
        return of(measured, "", runs.stream().map(run -> run / median).toList());
    }

    public Line aiming(Aim wanted) {
        return new Line(measure, unit, runs, wanted);
    }

    public Spread spread() {
        return Spread.of(runs);
    }

    /** Null without an aim. */
    public Boolean met() {
        return aim == null ? null : aim.isMetBy(spread().median());
    }
}
