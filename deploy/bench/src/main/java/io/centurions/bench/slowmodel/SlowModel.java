package io.centurions.bench.slowmodel;

import io.centurions.bench.Bench;
import io.centurions.bench.Benchmark;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.provider.Providers;
import io.centurions.bench.report.Line;
import io.centurions.bench.report.Section;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Companies;
import io.centurions.bench.stage.Company;
import io.centurions.bench.stage.Metrics;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.stage.Troubles;
import io.centurions.bench.turns.Turns;
import io.centurions.local.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One company's thousand leads fall due at once and its model takes five seconds; another company's leads fall due at a steady rate and
 * its model answers at once. The second is measured alone first.
 */
public final class SlowModel implements Benchmark {

    private static final int SLOW_COMPANY = 400;
    private static final int FAST_COMPANY = 401;
    static final int SLOW_TURNS = 1000;
    static final int FAST_PER_SECOND = 40;
    private static final int TROUBLES_SHOWN = 3;
    /** What a deadline may be late where many wait, in milliseconds: as in {@code waiting}. */
    static final double LATENESS = 250;

    @Override
    public String name() {
        return "slow-model";
    }

    @Override
    public Section run(Bench bench) {
        Stage stage = bench.stage();
        bench.providers().arrivals().forget();
        Benched runtime = stage.start(Service.RUNTIME, stage.settings(Service.RUNTIME, "512m"));
        Troubles troubles = Troubles.from(stage.home().log(runtime.running().name()));
        try (Watched watched = new Watched(runtime)) {
            Companies companies = new Companies(stage);
            Company slow = companies.make(SLOW_COMPANY, 1, Providers.SLOW_MODEL, Duration.ofSeconds(4));
            Company fast = companies.make(FAST_COMPANY, 1, Providers.FAST_MODEL, Duration.ofSeconds(4));
            Rounds rounds = new Rounds(
                    bench, slow.instances().getFirst(), fast.instances().getFirst());
            rounds.warm();
            for (int round = 0; round < bench.pace().repeats(); round++) {
                rounds.alone();
                rounds.together();
            }
            return section(bench, rounds, watched, runtime, troubles.soFar());
        } finally {
            stage.stop(runtime);
        }
    }

    private Section section(Bench bench, Rounds rounds, Watched watched, Benched runtime, List<String> troubles) {
        List<Line> lines = new ArrayList<>(rounds.others.lines());
        lines.add(Line.of("all slow turns at the model after", "s", rounds.allAsked));
        lines.add(Line.of("all slow turns answered after", "s", rounds.finished).aiming(Aim.below(10)));
        lines.add(Line.of(
                        "calls that waited for the slow model at once",
                        "",
                        bench.providers().mostWaiting())
                .aiming(Aim.atLeast(bench.pace().scaled(SLOW_TURNS))));
        lines.add(Turns.none("slow turns that were not answered", rounds.unanswered()));
        lines.add(Line.of("agent-runtime, heap at its peak", "MiB", watched.mostHeapMiB())
                .aiming(Aim.below(512)));
        lines.add(Line.of("agent-runtime, resident at its peak", "MiB", runtime.peakMiB()));
        lines.add(Turns.none("warnings and errors of agent-runtime, a pool's among them", troubles.size()));
        lines.add(Line.of("waited for a database connection at once, at most", "", watched.mostPending()));
        Metrics metrics = Metrics.of(runtime);
        double waits = metrics.sum("sql_pool_queue_delay_seconds_count", "").orElse(Double.NaN);
        double waited = metrics.sum("sql_pool_queue_delay_seconds_sum", "").orElse(Double.NaN)
                + metrics.sum("database_line_seconds_sum", "").orElse(Double.NaN);
        // A part of what a turn is late, so one wait alone must not be all that a deadline may be late.
        lines.add(Line.of(
                        "mean wait for a database connection, in the pool and in the line for it",
                        "ms",
                        waited / waits * 1000)
                .aiming(Aim.below(LATENESS)));
        return new Section(name(), what(bench), lines, notes(troubles));
    }

    private static List<String> notes(List<String> troubles) {
        List<String> notes = new ArrayList<>(List.of(
                "All slow turns fall due in the same millisecond; beginning them takes the CPU that they take,"
                        + " whatever the model does. What the slow model itself does to others shows while they wait.",
                "While all of them wait the other company has some 80 turns a round, so that their p99 is the worst one:"
                        + " mostly a collection of a heap in which a thousand turns are alive.",
                "The heap is read every half second, so its peak is one of what was seen; the resident peak is the"
                        + " kernel's."));
        troubles.stream().limit(TROUBLES_SHOWN).forEach(message -> notes.add("**Logged**: " + message));
        return notes;
    }

    private static String what(Bench bench) {
        return bench.pace().scaled(SLOW_TURNS) + " turns of one company fall due at once and their model takes "
                + Providers.SLOW.toSeconds() + " s; another company has " + FAST_PER_SECOND
                + " turns a second and a model that answers at once. One agent-runtime, 512 MiB heap.";
    }
}
