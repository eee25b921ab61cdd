package io.centurions.chaos.wreck;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.plan.Planned;
import io.centurions.chaos.world.Database;
import io.centurions.chaos.world.Fleet;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Makes the planned faults happen, each at its time and beside the others. {@link #close} undoes what still lasts. */
public final class Wreck implements AutoCloseable {

    static final Duration RECOVERY_MOST = Duration.ofSeconds(90);

    private final Fleet fleet;
    private final Database database;
    private final Map<String, Probe> services;
    private final Consumer<String> say;
    private final List<Happened> happened = new ArrayList<>();
    private final List<String> notMade = new ArrayList<>();
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
        } catch (RuntimeException e) {
            notMade(String.format(
                    Locale.ROOT,
                    "%s at %.1f s could not be made: %s",
                    planned.fault().words(),
                    planned.at().toMillis() / 1000.0,
                    e.getMessage()));
        }
    }

    private void note(Happened one) {
        synchronized (happened) {
            happened.add(one);
        }
        say.accept(one.fault().words()
                + one.recovery().map(time -> ", back after " + seconds(time)).orElse(""));
    }

    private void notMade(String words) {
        synchronized (happened) {
            notMade.add(words);
        }
        say.accept(words);
    }

    // One that another fault has down just then is hit as soon as it serves.
    private Happened kill(Planned planned, String process, Signal signal, Probe serves) {
        long pid = Serving.pid(process, RECOVERY_MOST, serves, () -> fleet.pid(process));
        long inFlight = onTheWire(process);
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
        // A roll stops where a process does not come back; then it is not over, whoever else serves.
        Probe allServe = endings.size() == roll.processes().size()
                ? services.get(roll.processes().getLast())
                : () -> Optional.of("not all were rolled");
        return done(planned, from, 0, allServe).with(endings);
    }

    // One that is just starting has no lease to outlast.
    private Happened freeze(Planned planned, String process, Duration lasts) {
        long pid = Serving.pid(process, RECOVERY_MOST, services.get(process), () -> fleet.pid(process));
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
        boolean back = Serving.within(RECOVERY_MOST, serves);
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

    // Redis may be down just then: it is flushed as soon as it can be.
    private Happened flush(Planned planned) {
        Instant deadline = Instant.now().plus(RECOVERY_MOST);
        while (true) {
            Serving.pid(EmbeddedRedis.NAME, RECOVERY_MOST, fleet.redisServes(), () -> fleet.pid(EmbeddedRedis.NAME));
            Instant from = Instant.now();
            try {
                flushAll();
                return new Happened(
                        planned.at(), planned.fault(), from, Instant.now(), Optional.empty(), 0, 0, List.of());
            } catch (IOException e) {
                if (from.isAfter(deadline)) {
                    throw new Trouble("Redis did not take it: " + e.getMessage(), e);
                }
                Patience.pause(Duration.ofMillis(100));
            }
        }
    }

    private void flushAll() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), fleet.redisPort()), 2_000);
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
            if (socket.getInputStream().read() != '+') {
                throw new IOException("it was refused");
            }
        }
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
                                    + " AND c.id = m.conversation_id WHERE m.status = 'sending' AND m.call_fence <> 0 AND c.channel IN ("
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

    /** Those that were planned and did not come, with the reason. */
    public List<String> notMade() {
        synchronized (happened) {
            return List.copyOf(notMade);
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        frozen.forEach(this::thaw);
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
