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
 * @param missing how many of what was to be measured never came: with one the aim is missed, whatever the figure says
 */
public record Line(String measure, String unit, List<Double> runs, Aim aim, long missing) {

    public static Line of(String measure, String unit, List<Double> runs) {
        return new Line(measure, unit, List.copyOf(runs), null, 0);
    }

    public static Line of(String measure, String unit, double only) {
        return of(measure, unit, List.of(only));
    }

    /** How many times a reference of the same run, or what part of it. */
    public Line over(String measured, Line reference) {
        double median = reference.spread().median();
        return of(measured, "", runs.stream().map(run -> run / median).toList()).lacking(missing);
    }

    /** Of what was to be measured so many never came. */
    public Line lacking(long never) {
        return new Line(measure, unit, runs, aim, missing + never);
    }

    public Line aiming(Aim wanted) {
        return new Line(measure, unit, runs, wanted, missing);
    }

    public Spread spread() {
        return Spread.of(runs);
    }

    /** Null without an aim. A repetition that gave no figure misses it, whatever the others gave. */
    public Boolean met() {
        return aim == null
                ? null
                : missing == 0 && runs.stream().allMatch(Double::isFinite) && aim.isMetBy(spread().median());
    }
}
