package io.centurions.bench.backbone;

import io.centurions.bench.Bench;
import io.centurions.bench.Benchmark;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.provider.Providers;
import io.centurions.bench.report.Line;
import io.centurions.bench.report.Section;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Companies;
import io.centurions.bench.stage.Company;
import io.centurions.bench.stage.Floor;
import io.centurions.bench.stage.Quiet;
import io.centurions.bench.stage.Settings;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.stage.Used;
import io.centurions.local.plan.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measured inside one process that is built of the platform modules alone (the probe), so that both moments come from one clock. It
 * is woken in process as every service is; a reader in another process is reached by the same stream.
 */
public final class Backbone implements Benchmark {

    private static final int COMPANY = 500;
    private static final int PER_SECOND = 200;
    private static final List<String> NOTES = List.of(
            "The probe takes evolution-manager's place (its login, its outbox, its group of `reply.requested`); the"
                    + " event is real.",
            "What nobody waits for (what intake and delivery tell) is appended by a statement, as there, after the first"
                    + " series; it is published up to 25 ms later on purpose, with all that is committed until then. CPU"
                    + " is of the first series.");
    private static final Duration SPARE = Duration.ofSeconds(40);

    @Override
    public String name() {
        return "backbone";
    }

    @Override
    public Section run(Bench bench) {
        Stage stage = bench.stage();
        Company company = new Companies(stage).make(COMPANY, 1, Providers.FAST_MODEL, Duration.ofSeconds(4));
        Path result = stage.home().state().resolve("backbone.waits");
        Path soon = stage.home().state().resolve("backbone-soon.waits");
        Settings settings = stage.settings(Service.EVOLUTION, "256m")
                .with("PROBE_COMPANY", company.id().toString())
                .with("PROBE_PER_SECOND", Integer.toString(PER_SECOND))
                .with("PROBE_WARM", warm(bench).toString())
                .with("PROBE_MEASURED", measured(bench).toString())
                .with("PROBE_RESULT", result.toString())
                .with("PROBE_RESULT_SOON", soon.toString());
        delete(result);
        delete(soon);
        Benched probe =
                stage.startInPlaceOf(Service.EVOLUTION, stage.home().root().resolve("deploy/bench/probe"), settings);
        Map<String, Long> took;
        try {
            Used used = new Used(Map.of("probe", probe, "PostgreSQL", stage.postgres(), "Redis", stage.redis()));
            await(bench, result, settings);
            took = used.soFar();
            await(bench, soon, settings);
        } finally {
            stage.stop(probe);
        }
        return section(bench, waits(result), waits(soon), took);
    }

    private static void await(Bench bench, Path result, Settings settings) {
        Duration most = warm(bench).plus(measured(bench)).plus(SPARE);
        if (!Quiet.until(most, () -> Files.exists(result))) {
            throw new IllegalStateException(
                    "the probe did not finish; see " + bench.stage().home().log(settings.name()));
        }
    }

    private static Duration measured(Bench bench) {
        return bench.pace().steady().multipliedBy(bench.pace().repeats());
    }

    private static Duration warm(Bench bench) {
        return bench.pace().warm().multipliedBy(2);
    }

    private Section section(Bench bench, long[] waits, long[] soon, Map<String, Long> used) {
        List<Line> lines = new ArrayList<>(lines(
                new Floor(bench.stage(), bench.pace().repeats()).event(), windows(bench, waits), windows(bench, soon)));
        used.forEach((who, millis) -> lines.add(Line.of(
                "CPU an event (with the start and the warming up), " + who, "ms", (double) millis / waits.length)));
        return new Section(name(), what(), lines, NOTES);
    }

    private static List<Samples> windows(Bench bench, long[] waits) {
        int first = (int) (PER_SECOND * warm(bench).toSeconds());
        int each = (int) (PER_SECOND * bench.pace().steady().toSeconds());
        List<Samples> windows = new ArrayList<>();
        for (int from = first; from + each <= waits.length; from += each) {
            long[] heard = Arrays.stream(waits, from, from + each)
                    .filter(wait -> wait >= 0)
                    .toArray();
            windows.add(Samples.ofNanos(heard).withMissing(each - heard.length));
        }
        return windows;
    }

    /** @param soon of the events that nobody waits for: they have no aim, but none of them may be missing either */
    static List<Line> lines(List<Samples> floor, List<Samples> windows, List<Samples> soon) {
        Line floor50 = each("reference: one commit, XADD and XREAD, alone, p50", floor, 50);
        Line floor99 = each("reference: one commit, XADD and XREAD, alone, p99", floor, 99);
        long missing = missing(windows);
        Line p50 = each("commit → consumer start, p50", windows, 50).lacking(missing);
        Line p99 = each("commit → consumer start, p99", windows, 99).lacking(missing);
        return List.of(
                floor50,
                floor99,
                p50.aiming(Aim.below(5)),
                p99.aiming(Aim.below(25)),
                p50.over("p50 / reference", floor50),
                p99.over("p99 / reference", floor99),
                each("commit → consumer start, worst", windows, 100),
                each("commit → consumer start of what nobody waits for, p50", soon, 50),
                each("commit → consumer start of what nobody waits for, p99", soon, 99),
                each("commit → consumer start of what nobody waits for, worst", soon, 100),
                Line.of("events without a consumer", "", missing + missing(soon))
                        .aiming(Aim.below(1)));
    }

    private static Line each(String measure, List<Samples> windows, double percent) {
        return Line.of(measure, "ms", Samples.millisOfEach(windows, percent));
    }

    private static long missing(List<Samples> windows) {
        return windows.stream().mapToLong(Samples::missing).sum();
    }

    private static String what() {
        return PER_SECOND
                + " events a second, each appended in a transaction of its own at a fixed moment; outbox, relay,"
                + " stream, consumer, which stores a row of its own. In one process of the platform modules (the"
                + " probe), 256 MiB heap.";
    }

    private static long[] waits(Path result) {
        try {
            return Files.readAllLines(result).stream()
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + result, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
