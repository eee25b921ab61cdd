package io.centurions.bench.turns;

import io.centurions.bench.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The turns that go before a measurement, in rounds, until the compilers take next to nothing of them: a JVM compiles what runs once
 * a turn only after thousands of turns, and what runs for days is not what its first minutes cost. Bounded, so that a service that
 * never comes to an end with it is measured too.
 */
final class Warm {

    private static final int ROUND = 900;
    private static final int LEAST_ROUNDS = 4;
    private static final int MOST_ROUNDS = 24;
    // What the compilers may take of the last two rounds together, at most.
    private static final double COMPILED = 0.05;

    private final Pace pace;
    private final List<Round> rounds = new ArrayList<>();
    private long turns;
    private long replies;

    /** CPU of both processes together, in milliseconds, and the compilers' part of it. */
    record Round(long done, long cpu, long compilers) {

        // A thread or a process that has gone takes along what it used: such a round tells nothing.
        private boolean tells() {
            return cpu > 0 && compilers >= 0;
        }

        private String told() {
            return String.format(Locale.ROOT, "%.1f (%.1f)", aMessage(cpu), aMessage(compilers));
        }

        private double aMessage(long millis) {
            return (double) millis / Math.max(1, done);
        }
    }

    Warm(Pace pace) {
        this.pace = pace;
    }

    int turnsOfNextRound() {
        return pace.scaled(ROUND);
    }

    void add(Round round) {
        turns += round.done();
        rounds.add(round);
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
        return rounds.size() >= (pace.scale() < 1 ? LEAST_ROUNDS : MOST_ROUNDS) || isCompiled();
    }

    boolean isCompiled() {
        if (rounds.size() < LEAST_ROUNDS) {
            return false;
        }
        List<Round> last = rounds.subList(rounds.size() - 2, rounds.size());
        long compilers = last.stream().mapToLong(Round::compilers).sum();
        return last.stream().allMatch(Round::tells)
                && compilers <= COMPILED * last.stream().mapToLong(Round::cpu).sum();
    }

    /** In one sentence, with the CPU a message of each round and, in brackets, the compilers' part of it. */
    String told(int perSecond) {
        return String.format(
                Locale.ROOT,
                "%d turns at %d/s went before, unmeasured; CPU a message of ours (of it the compilers'), round by round: %s ms%s.",
                turns,
                perSecond,
                String.join(", ", rounds.stream().map(Round::told).toList()),
                isCompiled() ? "" : isEnough() ? "; **still compiling**" : "");
    }
}
