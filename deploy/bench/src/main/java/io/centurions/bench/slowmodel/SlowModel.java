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
import io.centurions.bench.stage.Settings;
import io.centurions.bench.stage.Stage;
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

    @Override
    public String name() {
        return "slow-model";
    }

    @Override
    public Section run(Bench bench) {
        Stage stage = bench.stage();
        bench.providers().arrivals().forget();
        // As many turns at once as are to wait: thinking is waiting, and the limit is there for the model's sake.
        Settings settings = stage.settings(Service.RUNTIME, "512m").with("CENTURIONS_CLOSURE_AT_ONCE", "1200");
        Benched runtime = stage.start(Service.RUNTIME, settings);
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
            return section(bench, rounds, watched, runtime);
        } finally {
            stage.stop(runtime);
        }
    }

    private Section section(Bench bench, Rounds rounds, Watched watched, Benched runtime) {
        List<Line> lines = new ArrayList<>();
        Line alone = Line.of("the other company alone, deadline → model call, p99", "ms", rounds.alone);
        Line waiting = Line.of("the other company while the slow turns wait, p99", "ms", rounds.besideWaiting);
        Line beside = Line.of(
                "the other company all the time, also while the slow turns are begun, p99", "ms", rounds.beside);
        lines.addAll(List.of(alone, waiting, beside));
        lines.add(waiting.over("while they wait / alone", alone).aiming(Aim.below(2)));
        lines.add(beside.over("all the time / alone", alone));
        lines.add(Line.of("all slow turns at the model after", "s", rounds.allAsked));
        lines.add(Line.of("all slow turns answered after", "s", rounds.finished).aiming(Aim.below(10)));
        lines.add(Line.of(
                        "calls that waited for the slow model at once",
                        "",
                        bench.providers().mostWaiting())
                .aiming(Aim.atLeast(bench.pace().scaled(SLOW_TURNS))));
        lines.add(Line.of("slow turns that were not answered", "", rounds.unanswered)
                .aiming(Aim.below(1)));
        lines.add(Line.of("agent-runtime, heap at its peak", "MiB", watched.mostHeapMiB())
                .aiming(Aim.below(512)));
        lines.add(Line.of("agent-runtime, resident at its peak", "MiB", runtime.peakMiB()));
        lines.add(Line.of("waited for a database connection at once, at most", "", watched.mostPending()));
        Metrics metrics = Metrics.of(runtime);
        double waits = metrics.sum("sql_pool_queue_delay_seconds_count", "").orElse(Double.NaN);
        lines.add(Line.of(
                "mean wait for a database connection",
                "ms",
                metrics.sum("sql_pool_queue_delay_seconds_sum", "").orElse(Double.NaN) / waits * 1000));
        List<String> notes = List.of(
                "`centurions.closure.at-once` is 1200 here: it bounds how many turns of a replica wait for models.",
                "All slow turns fall due in the same millisecond; beginning them takes the CPU that they take,"
                        + " whatever the model does. What the slow model itself does to others shows while they wait.",
                "The heap is read every half second, so its peak is one of what was seen; the resident peak is the"
                        + " kernel's.");
        return new Section(name(), what(bench), lines, notes);
    }

    private static String what(Bench bench) {
        return bench.pace().scaled(SLOW_TURNS) + " turns of one company fall due at once and their model takes "
                + Providers.SLOW.toSeconds() + " s; another company has " + FAST_PER_SECOND
                + " turns a second and a model that answers at once. One agent-runtime, 512 MiB heap.";
    }
}
