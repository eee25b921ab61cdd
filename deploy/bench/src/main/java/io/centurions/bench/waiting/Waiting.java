package io.centurions.bench.waiting;

import io.centurions.bench.Bench;
import io.centurions.bench.Benchmark;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.figure.Samples;
import io.centurions.bench.provider.Arrivals;
import io.centurions.bench.provider.Providers;
import io.centurions.bench.report.Line;
import io.centurions.bench.report.Section;
import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Companies;
import io.centurions.bench.stage.Company;
import io.centurions.bench.stage.Quiet;
import io.centurions.bench.stage.Sql;
import io.centurions.bench.stage.Stage;
import io.centurions.bench.stage.Used;
import io.centurions.bench.turns.Clock;
import io.centurions.bench.turns.Lateness;
import io.centurions.bench.turns.Turns;
import io.centurions.local.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The conversations are there by SQL, so no event ever told the runtime of any of them: it has to find what is due in its rows. That
 * is the harder case; an alarm that was set by the message's event can only be earlier.
 */
public final class Waiting implements Benchmark {

    private static final int FIRST_COMPANY = 300;
    private static final int COMPANIES = 4;
    private static final int CONVERSATIONS = 100_000;
    private static final int PER_SECOND = 50;
    private static final Duration ARRANGING = Duration.ofSeconds(5);
    private static final Duration UNTIL_ANSWERED = Duration.ofSeconds(60);
    /** So many are answered before anything is measured, so that what measures meets a steady flow. */
    private static final int STEADY = 4 * PER_SECOND;

    private static final int WARM_TURNS = 3000;
    private static final int WARM_PER_SECOND = 100;
    private static final long FIRST_WARM = 1_000_000;

    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public Section run(Bench bench) {
        Stage stage = bench.stage();
        bench.providers().arrivals().forget();
        Benched runtime = stage.start(Service.RUNTIME, stage.settings(Service.RUNTIME, "256m"));
        try {
            int conversations = bench.pace().scaled(CONVERSATIONS);
            List<Company> companies = companies(bench);
            warm(bench, companies.getFirst());
            bench.say().accept("  arranging " + conversations + " open conversations");
            arrange(bench, companies, conversations);
            untilAnswered(bench, STEADY);
            return measured(bench, runtime, conversations);
        } finally {
            stage.stop(runtime);
        }
    }

    private static List<Company> companies(Bench bench) {
        Companies companies = new Companies(bench.stage());
        List<Company> made = new ArrayList<>();
        for (int n = 0; n < COMPANIES; n++) {
            made.add(companies.make(FIRST_COMPANY + n, 1, Providers.FAST_MODEL, Duration.ofSeconds(4)));
        }
        return made;
    }

    private static void warm(Bench bench, Company company) {
        int turns = bench.pace().scaled(WARM_TURNS);
        new OpenBursts(bench.stage().sql())
                .arrange(
                        company.instances().getFirst(),
                        FIRST_WARM,
                        turns,
                        Clock.micros() + 1_000_000,
                        1.0 / WARM_PER_SECOND);
        Quiet.until(UNTIL_ANSWERED, () -> bench.providers().arrivals().count() >= turns);
    }

    private static void arrange(Bench bench, List<Company> made, int conversations) {
        OpenBursts bursts = new OpenBursts(bench.stage().sql());
        // Far off first, then pulled near by one day: the arranging itself must not be late.
        long day = Duration.ofDays(1).toNanos() / 1000;
        long due = Clock.micros() + day;
        int each = conversations / COMPANIES;
        for (int n = 0; n < COMPANIES; n++) {
            bursts.arrange(
                    made.get(n).instances().getFirst(),
                    (long) n * each,
                    each,
                    due + n * 1_000_000L / PER_SECOND,
                    (double) COMPANIES / PER_SECOND);
        }
        Sql sql = bench.stage().sql();
        sql.execute(
                "UPDATE core.conversations SET turn_due_at = turn_due_at - make_interval(secs => ?) WHERE turn_due_at"
                        + " IS NOT NULL",
                (due - Clock.micros()) / 1e6 - ARRANGING.toSeconds());
        // What the arranging left to be cleaned up and written is no part of what is measured.
        sql.execute("VACUUM ANALYZE core.conversations, core.messages, core.leads, core.lead_identities");
        sql.execute("CHECKPOINT");
    }

    private Section measured(Bench bench, Benched runtime, int conversations) {
        Map<Long, Long> deadlines = deadlines(bench);
        // What the reading itself held up is no part of what is measured.
        untilAnswered(bench, PER_SECOND);
        List<Long> edges = new ArrayList<>(List.of(Clock.micros()));
        List<Double> memory = new ArrayList<>();
        Map<String, List<Double>> cpu = new LinkedHashMap<>();
        for (int round = 0; round < bench.pace().repeats(); round++) {
            Used used = new Used(
                    Map.of("agent-runtime", runtime, "PostgreSQL", bench.stage().postgres()));
            Quiet.pause(bench.pace().steady().toMillis());
            edges.add(Clock.micros());
            double fired = PER_SECOND * (edges.getLast() - edges.get(round)) / 1e6;
            used.soFar()
                    .forEach((who, millis) ->
                            cpu.computeIfAbsent(who, key -> new ArrayList<>()).add(millis / fired));
            memory.add(runtime.residentMiB());
        }
        Set<Long> judged = new HashSet<>(deadlines.keySet());
        judged.removeIf(mark -> deadlines.get(mark) < edges.getFirst() || deadlines.get(mark) >= edges.getLast());
        Quiet.until(
                UNTIL_ANSWERED,
                () -> bench.providers().arrivals().first().keySet().containsAll(judged));
        runtime.rest();
        return section(
                bench,
                new Lateness(deadlines, bench.providers().arrivals().first()),
                edges,
                memory,
                cpu,
                conversations,
                runtime);
    }

    // Read before they fire: the commit of a turn empties the column.
    private static Map<Long, Long> deadlines(Bench bench) {
        return bench
                .stage()
                .sql()
                .query(
                        row -> Map.entry(row.getLong(1), row.getLong(2)),
                        "SELECT ('x' || right(id::text, 12))::bit(48)::bigint, (extract(epoch FROM turn_due_at) *"
                                + " 1000000)::bigint FROM core.conversations WHERE turn_due_at IS NOT NULL")
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Waits until so many more turns have reached the model. */
    private static void untilAnswered(Bench bench, int more) {
        Arrivals arrivals = bench.providers().arrivals();
        int enough = arrivals.count() + more;
        Quiet.until(UNTIL_ANSWERED, () -> arrivals.count() >= enough);
    }

    private Section section(
            Bench bench,
            Lateness lateness,
            List<Long> edges,
            List<Double> memory,
            Map<String, List<Double>> cpu,
            int conversations,
            Benched runtime) {
        List<Samples> windows = lateness.windows(edges);
        List<Line> lines = new ArrayList<>(Turns.latencies(bench, windows, 250));
        lines.add(Line.of("agent-runtime, resident", "MiB", memory).aiming(Aim.below(512)));
        lines.add(Line.of("agent-runtime, resident at its peak", "MiB", runtime.peakMiB())
                .aiming(Aim.below(512)));
        cpu.forEach((who, millis) -> lines.add(Line.of("CPU a turn, " + who, "ms", millis)));
        long left = bench.stage().sql().number("SELECT count(*) FROM core.conversations WHERE turn_due_at IS NOT NULL");
        List<String> notes = List.of(
                windows.stream().mapToInt(Samples::size).sum() + " deadlines fired while measured; " + left
                        + " conversations still wait at the end.",
                "No event told the runtime, which was warmed up, of any of them: it finds them in the rows. Heap 256 MiB.");
        return new Section(
                name(),
                conversations + " conversations of " + COMPANIES + " companies wait; " + PER_SECOND
                        + " deadlines a second fall due, each answered by a model that answers at once. One"
                        + " agent-runtime.",
                lines,
                notes);
    }
}
