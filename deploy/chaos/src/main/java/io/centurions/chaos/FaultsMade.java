package io.centurions.chaos;

import io.centurions.chaos.judge.Row;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.wreck.Happened;
import java.util.List;

/** Whether each planned fault came, and what it hit served again: a run proves only what it did. */
final class FaultsMade {

    private FaultsMade() {}

    static List<Row> judge(List<Happened> faults, List<String> notMade) {
        return List.of(
                Row.broken("faults that could not be made", notMade),
                Row.broken(
                        "processes not back after 90 s",
                        faults.stream()
                                .filter(one -> stopsServing(one.fault())
                                        && one.recovery().isEmpty())
                                .map(one -> Cause.of(one).words())
                                .toList()));
    }

    private static boolean stopsServing(Fault fault) {
        return !(fault instanceof Fault.Flush || fault instanceof Fault.BadProvider);
    }
}
