package io.centurions.bench.turns;

import io.centurions.bench.Bench;
import io.centurions.bench.Benchmark;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.figure.Schedule;
import io.centurions.bench.load.Load;
import io.centurions.bench.load.Loaded;
import io.centurions.bench.provider.Arrivals;
import io.centurions.bench.provider.Providers;
import io.centurions.bench.report.Line;
import io.centurions.bench.report.Section;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Companies;
import io.centurions.bench.stage.Company;
import io.centurions.bench.stage.Floor;
import io.centurions.bench.stage.Quiet;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.stage.Used;
import io.centurions.bench.webhook.Lead;
import io.centurions.bench.webhook.Upserts;
import io.centurions.local.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Leads write at a steady rate through the webhook; every message is a burst of its own, answered by a model that answers at once and
 * delivered to an Evolution that takes it at once. The deadline is the row's (arrival plus the quiet time), by PostgreSQL's clock; the
 * sides of the model and of Evolution note the arrivals by the same machine's clock.
 */
public final class Turns implements Benchmark {

    private static final int FIRST_COMPANY = 200;
    private static final int COMPANIES = 4;
    private static final int LEADS = 500;
    private static final int PER_SECOND = 50;
    private static final int CONNECTIONS = 16;
    // What a cold JVM can still answer in time, of so many leads that no burst gets a second message.
    private static final int WARM_PER_SECOND = 60;
    private static final int WARM_LEADS = 5000;
    private static final int FIRST_MEASURED = 1_000_000;
    private static final String COMPILERS = "the JVMs' compilers";
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration UNTIL_ANSWERED = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "turns";
    }

    @Override
    public Section run(Bench bench) {
        Stage stage = bench.stage();
        Benched evolution = stage.start(Service.EVOLUTION, stage.settings(Service.EVOLUTION, "512m"));
        Benched runtime = stage.start(Service.RUNTIME, stage.settings(Service.RUNTIME, "512m"));
        try {
            bench.providers().arrivals().forget();
            bench.providers().sent().forget();
            Upserts upserts = new Upserts(instances(bench, evolution));
            Warm warm = warmed(bench, evolution, runtime, upserts);
            return measured(bench, evolution, runtime, upserts, warm);
        } finally {
            stage.stop(evolution);
            stage.stop(runtime);
        }
    }

    /** Turns that go before, until both processes have compiled what they run. */
    private static Warm warmed(Bench bench, Benched evolution, Benched runtime, Upserts upserts) {
        Warm warm = new Warm(bench.pace());
        while (!warm.isEnough()) {
            Used used = new Used(Map.of("evolution-manager", evolution, "agent-runtime", runtime));
            long compiled = evolution.compilerMillis() + runtime.compilerMillis();
            Loaded round = load(
                    evolution,
                    upserts,
                    WARM_LEADS,
                    (int) warm.turns(),
                    new Schedule(System.nanoTime(), WARM_PER_SECOND, warm.turnsOfNextRound()));
            Map<String, Long> took = used.soFar();
            warm.add(new Warm.Round(
                    round.done(),
                    took.get("evolution-manager") + took.get("agent-runtime"),
                    evolution.compilerMillis() + runtime.compilerMillis() - compiled));
            bench.say().accept("  warming up: " + warm.told(WARM_PER_SECOND));
        }
        Quiet.until(UNTIL_ANSWERED, () -> delivered(bench) >= warm.turns());
        warm.delivered(delivered(bench));
        return warm;
    }

    private static List<Company.Instance> instances(Bench bench, Benched evolution) {
        Companies companies = new Companies(bench.stage());
        List<Company> made = new ArrayList<>();
        for (int n = 0; n < COMPANIES; n++) {
            Company company = companies.make(FIRST_COMPANY + n, 1, Providers.FAST_MODEL, QUIET);
            made.add(companies.provided(company, evolution, bench.providers()));
        }
        return Companies.instances(made);
    }

    private static Loaded load(Benched evolution, Upserts upserts, int leads, int first, Schedule schedule) {
        return new Load(
                        evolution.port(),
                        CONNECTIONS,
                        n -> upserts.request(
                                new Lead((first + n) % leads), "Oi, quero saber o preço " + Arrivals.mark(first + n)))
                .open(schedule);
    }

    private Section measured(Bench bench, Benched evolution, Benched runtime, Upserts upserts, Warm warm) {
        Duration steady = bench.pace().steady();
        Duration before = Duration.ofSeconds(4);
        int seconds = (int) before.plus(steady.multipliedBy(bench.pace().repeats()))
                .plusSeconds(2)
                .toSeconds();
        CompletableFuture<Loaded> load = CompletableFuture.supplyAsync(() -> load(
                evolution,
                upserts,
                LEADS,
                FIRST_MEASURED,
                new Schedule(System.nanoTime(), PER_SECOND, PER_SECOND * seconds)));
        Quiet.pause(before.plus(QUIET).toMillis());
        List<Long> edges = new ArrayList<>(List.of(Clock.micros()));
        Map<String, List<Double>> cpu = new LinkedHashMap<>();
        for (int round = 0; round < bench.pace().repeats(); round++) {
            window(bench, evolution, runtime, edges)
                    .forEach((who, millis) ->
                            cpu.computeIfAbsent(who, key -> new ArrayList<>()).add(millis));
        }
        Loaded loaded = load.join();
        long expected = loaded.done() + warm.replies();
        boolean all = Quiet.until(UNTIL_ANSWERED, () -> delivered(bench) >= expected);
        evolution.rest();
        runtime.rest();
        return section(bench, edges, cpu, loaded, all, warm);
    }

    /** CPU a message by process, in one window; its end is added to the edges. */
    private static Map<String, Double> window(Bench bench, Benched evolution, Benched runtime, List<Long> edges) {
        Used used = new Used(Map.of(
                "evolution-manager",
                evolution,
                "agent-runtime",
                runtime,
                "PostgreSQL",
                bench.stage().postgres(),
                "Redis",
                bench.stage().redis()));
        long compiled = evolution.compilerMillis() + runtime.compilerMillis();
        Quiet.pause(bench.pace().steady().toMillis());
        double messages = PER_SECOND * (Clock.micros() - edges.getLast()) / 1e6;
        edges.add(Clock.micros());
        Map<String, Long> took = used.soFar();
        Map<String, Double> cpu = new LinkedHashMap<>();
        took.forEach((who, millis) -> cpu.put(who, millis / messages));
        cpu.put("ours", (took.get("evolution-manager") + took.get("agent-runtime")) / messages);
        cpu.put(COMPILERS, (evolution.compilerMillis() + runtime.compilerMillis() - compiled) / messages);
        return cpu;
    }

    private static long delivered(Bench bench) {
        return bench.stage()
                .sql()
                .number("SELECT count(*) FROM core.messages WHERE purpose = 'answer' AND status IN ('accepted',"
                        + " 'delivered', 'read')");
    }

    private Section section(
            Bench bench,
            List<Long> edges,
            Map<String, List<Double>> cpu,
            Loaded loaded,
            boolean allDelivered,
            Warm warm) {
        Map<Long, Long> deadlines = deadlines(bench, QUIET);
        Providers providers = bench.providers();
        List<Line> lines = new ArrayList<>();
        lines.addAll(
                latencies(bench, new Lateness(deadlines, providers.arrivals().first()).windows(edges), 80));
        lines.addAll(untilSent(new Lateness(deadlines, providers.sent().first()).windows(edges)));
        lines.add(none("messages that were not answered 200", loaded.failed()));
        lines.add(none("replies that were not delivered", loaded.done() + warm.replies() - delivered(bench)));
        Line ours = Line.of("CPU a message, all our processes", "ms", cpu.get("ours"));
        lines.add(ours.aiming(Aim.below(4)));
        lines.add(Line.of("of it the JVMs' compilers", "ms", cpu.remove(COMPILERS)));
        lines.add(ours.over("ours / PostgreSQL's", Line.of("", "ms", cpu.get("PostgreSQL"))));
        cpu.forEach((who, millis) -> {
            if (!who.equals("ours")) {
                lines.add(Line.of("CPU a message, " + who, "ms", millis));
            }
        });
        List<String> notes = new ArrayList<>();
        notes.add(warm.told(WARM_PER_SECOND) + " With them "
                + (loaded.done() + warm.turns()) + " messages were taken in, "
                + bench.providers().arrivals().count() + " reached the model, " + delivered(bench)
                + " replies were delivered"
                + (allDelivered
                        ? "."
                        : "; **not all within " + UNTIL_ANSWERED.toSeconds() + " s of the last message.**"));
        notes.add("Evolution's later webhooks (echo, delivered, read) are not sent: they would add their own intake to"
                + " each message.");
        if (loaded.failed() > 0) {
            notes.add("**Not answered 200: " + loaded.others() + "**");
        }
        return new Section(name(), what(), lines, notes);
    }

    /** From the deadline to the model, next to the least that a turn can need here. */
    public static List<Line> latencies(Bench bench, List<Samples> windows, double p99Below) {
        List<Samples> floor = new Floor(bench.stage(), bench.pace().repeats()).turn();
        Line p50 = Line.of("deadline → model call, p50", "ms", Samples.millisOfEach(windows, 50));
        Line p99 = Line.of("deadline → model call, p99", "ms", Samples.millisOfEach(windows, 99));
        long missing = windows.stream().mapToLong(Samples::missing).sum();
        Line floor50 = Line.of("reference: one commit and one call, alone, p50", "ms", Samples.millisOfEach(floor, 50));
        Line floor99 = Line.of("reference: one commit and one call, alone, p99", "ms", Samples.millisOfEach(floor, 99));
        return List.of(
                floor50,
                floor99,
                p50,
                p99.aiming(Aim.below(p99Below)).lacking(missing),
                none("turns that never reached the model", missing),
                Line.of("deadline → model call, worst", "ms", Samples.millisOfEach(windows, 100)),
                p50.over("p50 / reference", floor50),
                p99.over("p99 / reference", floor99));
    }

    // Without an aim: the pause in which typing is shown is part of it, on purpose.
    private static List<Line> untilSent(List<Samples> windows) {
        return List.of(
                Line.of("deadline → first bubble sent, p50", "ms", Samples.millisOfEach(windows, 50)),
                Line.of("deadline → first bubble sent, p99", "ms", Samples.millisOfEach(windows, 99)));
    }

    /** Of what there may be none. */
    public static Line none(String what, long count) {
        return Line.of(what, "", count).aiming(Aim.below(1));
    }

    /** By mark: when each stored message's burst is over, if nothing more is written. */
    public static Map<Long, Long> deadlines(Bench bench, Duration quiet) {
        Map<Long, Long> deadlines = new LinkedHashMap<>();
        bench.stage()
                .sql()
                .query(
                        row -> Map.entry(Arrivals.numberIn(row.getString(1)), row.getLong(2)),
                        "SELECT text, (extract(epoch FROM created_at) * 1000000)::bigint FROM core.messages"
                                + " WHERE direction = 'in' AND text LIKE '%[t-%'")
                .forEach(entry -> deadlines.put(entry.getKey(), entry.getValue() + quiet.toNanos() / 1000));
        return deadlines;
    }

    private static String what() {
        return PER_SECOND + " messages a second of " + LEADS + " leads of " + COMPANIES
                + " companies enter through the webhook; each is a turn, answered by a model that answers at once and"
                + " delivered. One evolution-manager and one agent-runtime, 512 MiB heap each.";
    }
}
