package io.centurions.chaos.wreck;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.plan.Planned;
import io.centurions.chaos.world.Database;
import io.centurions.chaos.world.Fleet;
import io.centurions.chaos.world.NoAnswer;
import io.centurions.chaos.world.Patience;
import io.centurions.local.place.Trouble;
import io.centurions.local.process.Alive;
import io.centurions.local.process.Probe;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Makes the planned faults happen, each at its time and beside the others. {@link #close} undoes what still lasts. */
public final class Wreck implements AutoCloseable {

    private static final Duration RECOVERY_MOST = Duration.ofSeconds(90);

    private final Fleet fleet;
    private final Database database;
    private final Map<String, Probe> services;
    private final Consumer<String> say;
    private final List<Happened> happened = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Long> frozen = ConcurrentHashMap.newKeySet();
    private Instant start;

    public Wreck(Fleet fleet, Consumer<String> say) {
        this.fleet = fleet;
        this.database = fleet.database();
        this.services = fleet.services();
        this.say = say;
    }

    /** Begins; returns at once. */
    public void begin(List<Planned> plan) {
        start = Instant.now();
        for (Planned planned : plan) {
            threads.add(Thread.ofPlatform().daemon().name("fault").start(() -> happen(planned)));
        }
    }

    /** Returns when all have come and what they hit is back, or was given up. */
    public void await() {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void happen(Planned planned) {
        Patience.pause(Duration.between(Instant.now(), start.plus(planned.at())));
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            Happened one =
                    switch (planned.fault()) {
                        case Fault.Kill(String process) -> kill(planned, process, Signal.KILL, services.get(process));
                        case Fault.KillRedis any -> kill(planned, EmbeddedRedis.NAME, Signal.KILL, fleet.redisServes());
                        case Fault.RestartPostgres(boolean immediate) ->
                            kill(
                                    planned,
                                    EmbeddedPostgres.NAME,
                                    immediate ? Signal.QUIT : Signal.INT,
                                    fleet.postgresServes());
                        case Fault.Roll roll -> roll(planned, roll);
                        case Fault.Freeze(String process, Duration lasts) -> freeze(planned, process, lasts);
                        case Fault.Flush any -> flush(planned);
                        case Fault.BadProvider bad -> bad(planned, bad);
                    };
            note(one);
        } catch (Trouble | NoAnswer | IllegalStateException e) {
            say.accept(planned.fault().words() + " could not be made: " + e.getMessage());
        }
    }

    private void note(Happened one) {
        synchronized (happened) {
            happened.add(one);
        }
        say.accept(one.fault().words()
                + one.recovery().map(time -> ", back after " + seconds(time)).orElse(""));
    }

    private Happened kill(Planned planned, String process, Signal signal, Probe serves) {
        long inFlight = onTheWire(process);
        long pid = fleet.pid(process);
        Instant from = Instant.now();
        signal.send(pid);
        gone(process, pid, RECOVERY_MOST);
        return done(planned, from, inFlight, serves);
    }

    static void gone(String process, long pid, Duration limit) {
        Patience.until(process + " gone", limit, () -> isThere(pid) ? Optional.empty() : Optional.of(pid));
    }

    static boolean isThere(long pid) {
        return ProcessHandle.of(pid).filter(Alive::is).isPresent();
    }

    // Who is asked to end leaves nothing on the wire: what is in doubt afterwards has no excuse.
    private Happened roll(Planned planned, Fault.Roll roll) {
        Instant from = Instant.now();
        List<Ending> endings = new RollProcesses(fleet).roll(roll.processes());
        return done(planned, from, 0, services.get(roll.processes().getLast())).with(endings);
    }

    // One that is just starting has no lease to outlast.
    private Happened freeze(Planned planned, String process, Duration lasts) {
        serves(services.get(process));
        long pid = fleet.pid(process);
        long inFlight = onTheWire(process);
        Instant from = Instant.now();
        frozen.add(pid);
        Signal.STOP.send(pid);
        Patience.pause(lasts);
        thaw(pid);
        return done(planned, from, inFlight, services.get(process));
    }

    private void thaw(long pid) {
        Signal.CONT.send(pid);
        frozen.remove(pid);
    }

    private Happened done(Planned planned, Instant from, long inFlight, Probe serves) {
        boolean back = serves(serves);
        Instant until = Instant.now();
        return new Happened(
                planned.at(),
                planned.fault(),
                from,
                until,
                back ? Optional.of(Duration.between(from, until)) : Optional.empty(),
                inFlight,
                0,
                List.of());
    }

    static boolean serves(Probe probe) {
        Instant deadline = Instant.now().plus(RECOVERY_MOST);
        while (Instant.now().isBefore(deadline)) {
            if (isThere(probe)) {
                return true;
            }
            Patience.pause(Duration.ofMillis(100));
        }
        return false;
    }

    private static boolean isThere(Probe probe) {
        try {
            return probe.missing().isEmpty();
        } catch (Trouble e) {
            // A server that is just going down may say something final.
            return false;
        }
    }

    private Happened flush(Planned planned) {
        Instant from = Instant.now();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fleet.redisPort()), 2_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() != '+') {
                throw new Trouble("Redis did not take FLUSHALL");
            }
        } catch (IOException e) {
            throw new Trouble("Redis is away", e);
        }
        return new Happened(planned.at(), planned.fault(), from, Instant.now(), Optional.empty(), 0, 0, List.of());
    }

    private Happened bad(Planned planned, Fault.BadProvider bad) {
        Instant from = Instant.now();
        long id = fleet.sandbox().fault(ProviderFaults.at(bad));
        Patience.pause(bad.lasts());
        long hits = fleet.sandbox().endFault(id);
        return new Happened(planned.at(), planned.fault(), from, Instant.now(), Optional.empty(), 0, hits, List.of());
    }

    // Of both replicas of a gateway, as the row does not say whose the call is.
    private long onTheWire(String process) {
        String channels = process.startsWith("agent-runtime")
                ? "'instagram', 'telegram'"
                : process.startsWith("evolution-manager") ? "'whatsapp'" : "'instagram', 'telegram', 'whatsapp'";
        boolean sends = process.startsWith("agent-runtime")
                || process.startsWith("evolution-manager")
                || process.equals(EmbeddedPostgres.NAME);
        try {
            return sends
                    ? database.count(
                            "SELECT count(*) FROM core.messages m JOIN core.conversations c ON c.company_id = m.company_id"
                                    + " AND c.id = m.conversation_id WHERE m.status = 'sending' AND c.channel IN ("
                                    + channels + ")")
                    : 0;
        } catch (SQLException e) {
            say.accept("the calls on the wire could not be counted before " + process + " was hit: " + e.getMessage());
            return 0;
        }
    }

    /** In the order in which they came. */
    public List<Happened> happened() {
        synchronized (happened) {
            return happened.stream().sorted(Comparator.comparing(Happened::at)).toList();
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        frozen.forEach(this::thaw);
    }

    private static String seconds(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
