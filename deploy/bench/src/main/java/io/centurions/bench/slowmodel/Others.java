package io.centurions.bench.slowmodel;

import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.report.Line;
import io.centurions.bench.turns.Turns;
import java.util.ArrayList;
import java.util.List;

/** What the company with the fast model notices: how late its turns are, alone and beside the slow ones. */
final class Others {

    private final List<Samples> alone = new ArrayList<>();
    private final List<Samples> allTheTime = new ArrayList<>();
    private final List<Samples> whileTheyWait = new ArrayList<>();

    void alone(Samples late) {
        alone.add(late);
    }

    /**
     * One round beside the slow turns.
     *
     * @param all     its whole window, from the moment when the slow turns fall due
     * @param waiting the part of it in which all of them wait for their model
     */
    void beside(Samples all, Samples waiting) {
        allTheTime.add(all);
        whileTheyWait.add(waiting);
    }

    List<Line> lines() {
        long missingAlone = missing(alone);
        long missingBeside = missing(allTheTime);
        Line aloneMedian = late("the other company alone, p50", alone, 50).lacking(missingAlone);
        Line aloneMost = late("the other company alone, p99", alone, 99).lacking(missingAlone);
        Line waitingMedian = late("the other company while the slow turns wait, p50", whileTheyWait, 50)
                .lacking(missingBeside);
        Line waitingMost = late("the other company while the slow turns wait, p99", whileTheyWait, 99)
                .lacking(missingBeside);
        Line beside = late("the other company all the time, also while the slow turns are begun, p99", allTheTime, 99)
                .lacking(missingBeside);
        Aim asWhereManyWait = Aim.below(SlowModel.LATENESS);
        return List.of(
                aloneMedian,
                aloneMost,
                waitingMedian,
                waitingMost.aiming(asWhereManyWait),
                beside.aiming(asWhereManyWait),
                waitingMedian.over("while they wait / alone, p50", aloneMedian).aiming(Aim.below(2)),
                waitingMost.over("while they wait / alone, p99", aloneMost),
                beside.over("all the time / alone, p99", aloneMost),
                Turns.none("turns of the other company that never reached the model", missingAlone + missingBeside));
    }

    private static Line late(String measure, List<Samples> rounds, double percent) {
        return Line.of(measure, "ms", Samples.millisOfEach(rounds, percent));
    }

    private static long missing(List<Samples> rounds) {
        return rounds.stream().mapToLong(Samples::missing).sum();
    }
}
