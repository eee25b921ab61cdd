package io.centurions.bench.turns;

import io.centurions.bench.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The turns that go before a measurement, in rounds, until the CPU a message is steady: a JVM compiles for minutes, and what runs for
 * days is not what its first minutes cost. Bounded, so that a service that never becomes steady is measured too.
 */
final class Warm {

    private static final int ROUND = 900;
    private static final int LEAST_ROUNDS = 4;
    private static final int MOST_ROUNDS = 8;
    // Two rounds in a row that are no more than this better than the best before them.
    private static final double STEADY = 0.04;

    private final Pace pace;
    private final List<Double> rounds = new ArrayList<>();
    private long turns;
    private long replies;

    Warm(Pace pace) {
        this.pace = pace;
    }

    int turnsOfNextRound() {
        return pace.scaled(ROUND);
    }

    /** What a round took of both processes together. */
    void round(long done, long cpuMillis) {
        turns += done;
        rounds.add((double) cpuMillis / Math.max(1, done));
    }

    /** How many turns went before. */
    long turns() {
        return turns;
    }

    /** How many replies they brought: fewer than turns, when a burst got two messages after all. */
    long replies() {
        return replies;
    }

    void delivered(long soFar) {
        replies = soFar;
    }

    boolean isEnough() {
        return rounds.size() >= (pace.scale() < 1 ? LEAST_ROUNDS : MOST_ROUNDS) || isSteady();
    }

    boolean isSteady() {
        int before = rounds.size() - 2;
        if (rounds.size() < LEAST_ROUNDS) {
            return false;
        }
        double best = least(rounds.subList(0, before));
        return least(rounds.subList(before, rounds.size())) >= best * (1 - STEADY);
    }

    /** In one sentence, with the CPU a message of each round. */
    String told(int perSecond) {
        return String.format(
                Locale.ROOT,
                "%d turns at %d/s went before, unmeasured; CPU a message of ours, round by round: %s ms%s.",
                turns,
                perSecond,
                String.join(
                        ", ",
                        rounds.stream()
                                .map(millis -> String.format(Locale.ROOT, "%.1f", millis))
                                .toList()),
                isSteady() ? " (steady)" : isEnough() ? " (**not steady**)" : "");
    }

    private static double least(List<Double> some) {
        return some.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }
}
