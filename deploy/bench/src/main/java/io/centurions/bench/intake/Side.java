package io.centurions.bench.intake;

import io.centurions.bench.Bench;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Schedule;
import io.centurions.bench.figure.Spread;
import io.centurions.bench.load.Load;
import io.centurions.bench.load.Loaded;
import io.centurions.bench.machine.DiskWatch;
import io.centurions.bench.report.Line;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Quiet;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.stage.Used;
import io.centurions.bench.webhook.Upserts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of the two processes under load, and what was measured of it. It is awake only while it is measured. */
final class Side {

    private static final int MOST = 64;
    private static final Duration UNTIL_PUBLISHED = Duration.ofSeconds(30);
    private static final String UNPUBLISHED = "SELECT count(*) FROM core.outbox_evolution WHERE published_at IS NULL";
    private static final String STORED = "SELECT count(*) FROM core.messages WHERE direction = 'in'";

    private final String name;
    private final Benched process;
    private final Bench bench;
    private final Upserts upserts;
    private final Map<Integer, List<Double>> rates = new LinkedHashMap<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private final Steady atHalf = new Steady();
    private final Steady atReference = new Steady();
    private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private long refused;
    private long notStored;

    Side(String name, Benched process, Bench bench, Upserts upserts) {
        this.name = name;
        this.process = process;
        this.bench = bench;
        this.upserts = upserts;
    }

    String name() {
        return name;
    }

    void warm() {
        process.goOn();
        new Load(process.port(), MOST, n -> Intake.any(upserts))
                .closed(bench.pace().warm());
        published();
    }

    void rest() {
        process.rest();
    }

    void measure(int connections) {
        process.goOn();
        long before = stored();
        Used used = used();
        Loaded loaded = new Load(process.port(), connections, n -> Intake.any(upserts))
                .closed(bench.pace().window());
        published();
        Map<String, Long> took = used.soFar();
        process.rest();
        rates.computeIfAbsent(connections, key -> new ArrayList<>()).add(loaded.perSecond());
        check(connections + " connections", before, loaded);
        if (connections == MOST) {
            p50.add(loaded.latencies().millis(50));
            p99.add(loaded.latencies().millis(99));
            took.forEach((who, millis) ->
                    cpu.computeIfAbsent(who, key -> new ArrayList<>()).add((double) millis / loaded.done()));
        }
    }

    void measureAtHalf() {
        measure("half rate", Spread.of(ratesAt(MOST)).median() / 2, atHalf);
    }

    /** @param perSecond what the reference does with as many clients */
    void measureAtReference(double perSecond) {
        measure("the reference's rate", perSecond, atReference);
    }

    // Open loop. The process was at rest and nobody is connected: some seconds of the same rate go before, uncounted.
    private void measure(String what, double perSecond, Steady steady) {
        process.goOn();
        long before = stored();
        Duration window = bench.pace().window().multipliedBy(2);
        int uncounted = (int) (perSecond * window.toSeconds() / 4);
        Schedule schedule = Schedule.lasting(System.nanoTime(), perSecond, window);
        DiskWatch disk = new DiskWatch(bench.stage().home().state());
        Loaded loaded = new Load(process.port(), MOST, n -> Intake.any(upserts)).open(schedule, uncounted);
        steady.disk.add(disk.end().most());
        published();
        process.rest();
        check(what, before, loaded);
        steady.p50.add(loaded.latencies().millis(50));
        steady.p99.add(loaded.latencies().millis(99));
    }

    List<Double> ratesAt(int connections) {
        return rates.getOrDefault(connections, List.of());
    }

    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(name + " p50, 64 connections, full rate", "ms", p50));
        lines.add(Line.of(name + " p99, 64 connections, full rate", "ms", p99));
        lines.add(Line.of(name + " p50 at half of that rate", "ms", atHalf.p50));
        lines.add(Line.of(name + " p99 at half of that rate", "ms", atHalf.p99)
                .aiming(Aim.below(25))
                .lacking(refused));
        lines.add(Line.of("the disk's slowest sync meanwhile", "ms", atHalf.disk));
        if (!atReference.p50.isEmpty()) {
            lines.add(Line.of(name + " p50 at the reference's rate", "ms", atReference.p50));
            lines.add(Line.of(name + " p99 at the reference's rate", "ms", atReference.p99));
            lines.add(Line.of("the disk's slowest sync meanwhile", "ms", atReference.disk));
        }
        lines.add(Line.of(name + " webhooks that were not answered 200", "", refused)
                .aiming(Aim.below(1)));
        lines.add(Line.of(name + " webhooks that were answered 200 and not stored", "", notStored)
                .aiming(Aim.below(1)));
        cpu.forEach((who, millis) -> lines.add(Line.of(name + " CPU a message, " + who, "ms", millis)));
        return lines;
    }

    List<String> notes() {
        return notes;
    }

    /** What the reference left in the outbox is no service's to publish. */
    static void forgetReferenceEvents(Stage stage) {
        stage.sql().execute("DELETE FROM core.outbox_evolution WHERE published_at IS NULL");
        stage.sql().execute("VACUUM core.outbox_evolution");
    }

    // Whoever was told 200 must be in the table, else the rate means nothing.
    private void check(String what, long before, Loaded loaded) {
        long stored = stored() - before;
        refused += loaded.failed();
        notStored += Math.max(0, loaded.done() + loaded.uncounted() - stored);
        long told = loaded.done() + loaded.uncounted();
        if (loaded.failed() > 0 || stored != told) {
            notes.add("**" + name + ", " + what + ": " + told + " were answered 200, " + stored + " are stored, others "
                    + loaded.others() + "**");
        }
    }

    private void published() {
        if (!Quiet.until(UNTIL_PUBLISHED, () -> bench.stage().sql().number(UNPUBLISHED) == 0)) {
            notes.add(
                    "**" + name + ": the outbox was not empty " + UNTIL_PUBLISHED.toSeconds() + " s after the load**");
        }
    }

    private long stored() {
        return bench.stage().sql().number(STORED);
    }

    private Used used() {
        return new Used(Map.of(
                "evolution-manager",
                process,
                "PostgreSQL",
                bench.stage().postgres(),
                "Redis",
                bench.stage().redis()));
    }

    /** What was seen at one rate, window by window; milliseconds. */
    private static final class Steady {

        final List<Double> p50 = new ArrayList<>();
        final List<Double> p99 = new ArrayList<>();
        final List<Double> disk = new ArrayList<>();
    }
}
