package io.centurions.local;

import io.centurions.local.place.Chosen;
import io.centurions.local.place.Home;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import io.centurions.local.plan.Parts;
import io.centurions.local.plan.Plan;
import io.centurions.local.process.Crew;
import io.centurions.local.process.Member;
import io.centurions.local.process.Roster;
import io.centurions.local.process.Running;
import io.centurions.local.process.TakenPort;
import io.centurions.local.process.Watch;
import io.centurions.local.show.FollowLogs;
import io.centurions.local.show.Progress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Starts what is not running, waits until all of it serves, seeds the demo company and shows where everything is. Then it
 * either returns, leaving a supervisor behind, or stays with the logs until it is interrupted, which stops everything.
 *
 * <p>Whatever it started is stopped again when the start fails or is interrupted.
 */
final class Up {

    static final String LAUNCHER = "launcher";

    private final Home home;
    private final UpOptions options;
    private final boolean terminal;
    private final Roster roster;
    private final Crew crew;

    // What a signal stops: while starting only what was started here, later everything.
    private volatile Supplier<List<Running>> toStop;

    Up(Home home, UpOptions options, boolean terminal) {
        this.home = home;
        this.options = options;
        this.terminal = terminal;
        this.roster = new Roster(home.run());
        this.crew = new Crew(roster);
        this.toStop = crew::mine;
    }

    int run() {
        home.make();
        Parts parts = Parts.of(System.getenv());
        parts.refusals(options.mixed()).stream().findFirst().ifPresent(line -> {
            throw new Trouble(line);
        });
        Optional<Fleet> toStayWith = Lock.during(home, () -> startAndTell(parts));
        toStayWith.ifPresent(this::stay);
        return 0;
    }

    // Empty when there is nothing to stay with: another launcher watches, or the supervisor does.
    private Optional<Fleet> startAndTell(Parts parts) {
        try (Progress progress = new Progress(System.out, terminal)) {
            Fleet fleet = new Fleet(home, chosen(parts.variables()), parts);
            boolean watched = roster.find(LAUNCHER).isPresent();
            Thread undo = new Thread(this::undo, "undo");
            Runtime.getRuntime().addShutdownHook(undo);
            startOrSayStopped(fleet, watched, progress);
            new Addresses(home).table(fleet).forEach(progress::plain);
            if (!watched && !options.detached()) {
                return Optional.of(fleet);
            }
            if (!watched) {
                Supervise.startApart(home, fleet.ports(), crew);
            }
            Runtime.getRuntime().removeShutdownHook(undo);
            return Optional.empty();
        }
    }

    // What runs already was started with choices that cannot be changed now.
    private Chosen chosen(Set<String> variables) {
        if (members().isEmpty()) {
            return new Chosen(
                    options.portBase().orElseGet(() -> new Ports(Ports.DEFAULT_BASE)),
                    options.humanPace(),
                    options.replicas(),
                    variables);
        }
        Chosen kept = Chosen.kept(home)
                .orElseThrow(() -> new Trouble("something of an earlier fleet still runs: ./fleet down first"));
        options.portBase().filter(asked -> !asked.equals(kept.ports())).ifPresent(asked -> {
            throw new Trouble(
                    "a fleet is already running on port base " + kept.ports().base() + ": ./fleet down first");
        });
        kept.differsFrom(variables).ifPresent(line -> {
            throw new Trouble(line);
        });
        return kept;
    }

    private List<Running> members() {
        return roster.all().stream()
                .filter(running -> !running.name().equals(LAUNCHER))
                .toList();
    }

    // What fails because a signal is stopping it all is not the reader's trouble.
    private void startOrSayStopped(Fleet fleet, boolean watched, Progress progress) {
        try {
            start(fleet, watched, progress);
        } catch (Trouble e) {
            throw crew.isClosed() ? new Trouble("stopped while starting", e) : e;
        }
    }

    private void start(Fleet fleet, boolean watched, Progress progress) {
        List<Member> missing = fleet.members().stream()
                .filter(member -> roster.find(member.name()).isEmpty())
                .toList();
        if (missing.isEmpty() && watched) {
            progress.plain("the fleet is already running");
            return;
        }
        missing.forEach(member -> TakenPort.refuse(member.name(), member.port()));
        Plan.replicas(fleet.chosen()).stream()
                .filter(replica -> roster.find(replica.name()).isEmpty())
                .forEach(replica -> TakenPort.refuse(replica.name() + ", for operators", replica.managementPort()));
        fleet.parts().notices().forEach(progress::plain);
        if (!watched) {
            roster.enter(LAUNCHER, ProcessHandle.current(), fleet.ports().base());
        }
        fleet.chosen().keep(home);
        new BringUp(home, fleet, roster, crew, progress).run();
    }

    // Runs when the start failed, and at Ctrl-C or a signal whenever it comes.
    private void undo() {
        crew.close();
        new StopAll(home, line -> System.out.println("fleet: " + line)).stop(toStop.get());
        roster.find(LAUNCHER)
                .filter(running -> running.pid() == ProcessHandle.current().pid())
                .ifPresent(running -> roster.strike(LAUNCHER));
    }

    private void stay(Fleet fleet) {
        toStop = this::members;
        System.out.println("Ctrl-C stops everything.");
        new Watch(roster, crew, line -> System.out.println("fleet: " + line)).over(fleet.members());
        FollowLogs logs = new FollowLogs(System.out, terminal, false);
        logs.add(fleet.sandbox().name(), fleet.sandbox().log(), 0);
        fleet.services().forEach(service -> logs.add(service.name(), service.log(), 0));
        logs.follow();
        untilSignal();
    }

    /** Waits until a signal ends the process: a thread that joins itself never returns. */
    static void untilSignal() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
