package io.centurions.chaos;

import io.centurions.chaos.judge.Blame;
import io.centurions.chaos.judge.CallTimes;
import io.centurions.chaos.judge.Disturbance;
import io.centurions.chaos.judge.Endings;
import io.centurions.chaos.judge.Fact;
import io.centurions.chaos.judge.Flushes;
import io.centurions.chaos.judge.Held;
import io.centurions.chaos.judge.Judge;
import io.centurions.chaos.judge.Outside;
import io.centurions.chaos.judge.Row;
import io.centurions.chaos.judge.Stalls;
import io.centurions.chaos.judge.Unknowns;
import io.centurions.chaos.load.Feed;
import io.centurions.chaos.load.Load;
import io.centurions.chaos.load.PhoneDesk;
import io.centurions.chaos.load.SalesDesk;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.plan.FaultPlan;
import io.centurions.chaos.plan.Kind;
import io.centurions.chaos.plan.Planned;
import io.centurions.chaos.tell.Timeline;
import io.centurions.chaos.tell.Verdict;
import io.centurions.chaos.world.Company;
import io.centurions.chaos.world.Fleet;
import io.centurions.chaos.world.Patience;
import io.centurions.chaos.world.ReadFlows;
import io.centurions.chaos.world.ReadHeld;
import io.centurions.chaos.world.ReadWaits;
import io.centurions.chaos.wreck.Happened;
import io.centurions.chaos.wreck.Wreck;
import io.centurions.local.place.Home;
import io.centurions.local.place.Trouble;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run: companies are set up, leads write while parts of the fleet die, everything settles, and three views are compared. */
final class Chaos {

    private static final int COMPANIES = 4;

    /** As {@code ./fleet chaos} sets them; the margin is the protocol's. */
    static final CallTimes TIMES = new CallTimes(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(5));

    // Mostly quick, sometimes as slow as models are on a bad day.
    private static final Map<String, Object> SLOW_MODEL = Map.of(
            "provider",
            "openai",
            "path",
            "/chat/completions",
            "delaysMs",
            List.of(
                    List.of(300, 1_000),
                    List.of(300, 1_000),
                    List.of(300, 1_500),
                    List.of(500, 3_000),
                    List.of(500, 3_000),
                    List.of(500, 3_000),
                    List.of(500, 3_000),
                    List.of(3_000, 10_000)));

    private final Home home;
    private final Options options;
    private final PrintStream out;
    private final Fleet fleet;
    private final Instant began = Instant.now();
    private Instant start = began;

    Chaos(Home home, Options options, PrintStream out) {
        this.home = home;
        this.options = options;
        this.out = out;
        this.fleet = Fleet.in(home);
    }

    /** True when every promise was kept. */
    boolean run() {
        List<String> processes = List.copyOf(fleet.services().keySet());
        List<Planned> plan = FaultPlan.draw(options.seed(), options.seconds(), processes).stream()
                .filter(planned -> options.faults().contains(Kind.of(planned.fault())))
                .toList();
        if (plan.isEmpty()) {
            throw new Trouble("none of these faults comes in " + options.seconds() + " s: ask for more --seconds");
        }
        out.println("seed " + options.seed() + ", " + options.seconds() + " s, " + options.leadsWanted()
                + " leads of " + COMPANIES + " companies, " + plan.size() + " faults on " + processes.size()
                + " processes and the stores");
        List<Company> companies = fleet.companies(COMPANIES, Long.toString(began.getEpochSecond() % 1_000_000, 36));
        fleet.sandbox().markBubbles();
        fleet.sandbox().spoilWebhooks();
        fleet.sandbox().fault(SLOW_MODEL);
        try (Feed feed = new Feed(fleet.sandbox());
                Wreck wreck = new Wreck(fleet, this::say)) {
            // A signal from outside must leave no process frozen.
            Runtime.getRuntime().addShutdownHook(new Thread(wreck::close));
            return run(plan, companies, feed, wreck);
        }
    }

    private boolean run(List<Planned> plan, List<Company> companies, Feed feed, Wreck wreck) {
        feed.start();
        start = Instant.now();
        PhoneDesk phoneDesk = new PhoneDesk(fleet);
        Load load = new Load(fleet.sandbox(), fleet.backoffice(), feed, phoneDesk);
        SalesDesk desk = new SalesDesk(fleet, companies);
        load.begin(options.seed(), options.leadsWanted(), options.seconds(), companies);
        desk.open();
        wreck.begin(plan);
        Patience.pause(Duration.ofSeconds(options.seconds()));
        load.stop();
        desk.takeNoMore();
        wreck.await();
        fleet.sandbox().endFaults();
        say("the load is over, everything may settle");
        TakeViews views = new TakeViews(fleet, feed, load, desk, phoneDesk);
        Settle.Settled settled =
                new Settle(fleet.database(), new ReadFlows(fleet.database(), companies), views, this::say).await();
        desk.close();
        phoneDesk.close();
        return judge(companies, views, wreck, settled, load);
    }

    private boolean judge(List<Company> companies, TakeViews views, Wreck wreck, Settle.Settled settled, Load load) {
        List<Happened> faults = wreck.happened();
        Stalls stalls = fleet.sandbox().stalls();
        Blame blame = blame(faults, stalls);
        // Outside first: what is acknowledged there must be held, and nothing is acknowledged after it is not.
        Outside outside = views.outside();
        Held held = held(companies);
        List<Row> rows = new ArrayList<>(Judge.judge(outside, held, blame));
        rows.add(settled.judge());
        rows.addAll(FaultsMade.judge(faults, wreck.notMade()));
        rows.addAll(Unknowns.judge(held, outside.arrived(), blame, onTheWire(faults)));
        rows.addAll(Endings.judge(
                faults.stream().flatMap(one -> one.endings().stream()).toList()));
        rows.addAll(flushed(companies, faults));
        Verdict verdict = new Verdict(rows);
        Timeline timeline = new Timeline(
                faults, outside.arrived().stream().map(Outside.Arrived::at).toList());
        Map<String, String> waits = waits();
        waits.put(
                "simulated providers idle",
                Timeline.seconds(stalls.altogether()) + ", " + Timeline.seconds(stalls.longest()) + " at most at once");
        timeline.print(out);
        waits.forEach((what, times) -> out.println(String.format(Locale.ROOT, "  %-28s %s", what, times)));
        verdict.print(out);
        Map<String, Object> run = run(timeline, settled.took(), load);
        run.put("waits", waits);
        report(verdict, run);
        out.println();
        out.println((verdict.holds() ? "nothing was lost, nothing came twice" : "BROKEN") + " (seed " + options.seed()
                + "); logs and report: " + home.shown(home.state()));
        return verdict.holds();
    }

    private Blame blame(List<Happened> faults, Stalls stalls) {
        return new Blame(
                TIMES,
                Cause.all(faults, start),
                faults.stream()
                        .filter(one -> Cause.holdsCalls(one.fault()))
                        .map(Cause::of)
                        .toList(),
                stalls);
    }

    private Held held(List<Company> companies) {
        try {
            return new ReadHeld(fleet.database(), companies).read();
        } catch (SQLException e) {
            throw new Trouble("the database cannot be read for the verdict: " + e.getMessage(), e);
        }
    }

    // A provider's bad moments are no excuse: what follows does not wait for it.
    private List<Row> flushed(List<Company> companies, List<Happened> faults) {
        List<Instant> flushes = faults.stream()
                .filter(one -> one.fault() instanceof Fault.Flush)
                .map(Happened::from)
                .toList();
        List<Disturbance> others = faults.stream()
                .filter(one -> !(one.fault() instanceof Fault.Flush || one.fault() instanceof Fault.BadProvider))
                .map(Cause::of)
                .toList();
        try {
            List<Fact> facts = new ReadFlows(fleet.database(), companies).read();
            return options.onlyFlush()
                    ? Flushes.judgeStrictly(facts, flushes, others, Instant.now())
                    : Flushes.judge(facts, flushes, others, Instant.now());
        } catch (SQLException e) {
            throw new Trouble("the database cannot be read for what followed FLUSHALL: " + e.getMessage(), e);
        }
    }

    /** Calls that a fault may have left without an end that anybody saw. */
    private static long onTheWire(List<Happened> faults) {
        return faults.stream()
                .mapToLong(one -> one.inFlight() + (Cause.cutsCallsOff(one.fault()) ? one.hits() : 0))
                .sum();
    }

    private Map<String, String> waits() {
        try {
            return new ReadWaits(fleet.database()).read();
        } catch (SQLException e) {
            throw new Trouble("the database cannot be read for the waits: " + e.getMessage(), e);
        }
    }

    private Map<String, Object> run(Timeline timeline, Duration settled, Load load) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("seed", options.seed());
        run.put("seconds", options.seconds());
        run.put("leads", options.leadsWanted());
        run.put("kinds", options.faults());
        run.put("settledMs", settled.toMillis());
        run.put("faults", timeline.forMachines());
        run.put("stumbles", load.stumbles());
        return run;
    }

    private void report(Verdict verdict, Map<String, Object> run) {
        verdict.write(home.state().resolve("chaos.json"), run);
        options.report()
                .ifPresent(file -> verdict.writeForJunit(
                        file, Duration.between(began, Instant.now()).toMillis() / 1000.0));
    }

    private void say(String line) {
        out.println(String.format(
                Locale.ROOT,
                "%7.1f s  %s",
                Duration.between(start, Instant.now()).toMillis() / 1000.0,
                line));
    }
}
