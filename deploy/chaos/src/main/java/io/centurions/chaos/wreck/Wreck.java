package io.centurions.chaos.wreck;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.plan.Planned;
import io.centurions.chaos.world.Fleet;
import io.centurions.chaos.world.Patience;
import io.centurions.local.place.Trouble;
import io.centurions.local.process.Alive;
import io.centurions.local.process.Probe;
import io.centurions.local.process.StopMember;
import io.centurions.local.store.EmbeddedPostgres;
import io.centurions.local.store.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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

/**
 * Makes the planned faults happen, each at its time and beside the others, but those on one process one after the other.
 * {@link #close} undoes what still lasts.
 */
public final class Wreck implements AutoCloseable {

    static final Duration RECOVERY_MOST = Duration.ofSeconds(90);

    private final Fleet fleet;
    private final Map<String, Probe> services;
    private final Consumer<String> say;
    private final OnTheWire onTheWire;
    private final Turns turns = new Turns();
    private final RollProcesses rolls;
    private final List<Happened> happened = new ArrayList<>();
    private final List<String> notMade = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Set<Long> frozen = ConcurrentHashMap.newKeySet();
    private Instant start;

    public Wreck(Fleet fleet, Consumer<String> say) {
        this.fleet = fleet;
        this.services = fleet.services();
        this.say = say;
        this.onTheWire = new OnTheWire(fleet.database(), say);
        this.rolls = new RollProcesses(turns, services, fleet::pid, onTheWire::of, StopMember.GRACE);
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
            note(make(planned));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            notMade(String.format(
                    Locale.ROOT,
                    "%s at %.1f s could not be made: %s",
                    planned.fault().words(),
                    planned.at().toMillis() / 1000.0,
                    e.getMessage()));
        }
    }

    private Happened make(Planned planned) throws InterruptedException {
        return switch (planned.fault()) {
            case Fault.Kill(String process) -> kill(planned, process, Signal.KILL, services.get(process));
            case Fault.KillRedis any -> kill(planned, EmbeddedRedis.NAME, Signal.KILL, fleet.redisServes());
            case Fault.RestartPostgres(boolean immediate) ->
                kill(planned, EmbeddedPostgres.NAME, immediate ? Signal.QUIT : Signal.INT, fleet.postgresServes());
            case Fault.Roll roll -> roll(planned, roll);
            case Fault.Freeze(String process, Duration lasts) ->
                turns.take(process, () -> freeze(planned, process, lasts));
            case Fault.Flush any -> turns.take(EmbeddedRedis.NAME, () -> flush(planned));
            case Fault.BadProvider bad -> bad(planned, bad);
        };
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

    // Another fault may have a store down that it needs: it is hit as soon as it serves.
    private Happened kill(Planned planned, String process, Signal signal, Probe serves) throws InterruptedException {
        return turns.take(process, () -> {
            long pid = Serving.pid(process, RECOVERY_MOST, serves, () -> fleet.pid(process));
            long inFlight = onTheWire.of(process);
            Instant from = Instant.now();
            signal.send(pid);
            gone(process, pid, RECOVERY_MOST);
            return done(planned, from, inFlight, serves);
        });
    }

    static void gone(String process, long pid, Duration limit) {
        Patience.until(process + " gone", limit, () -> isThere(pid) ? Optional.empty() : Optional.of(pid));
    }

    static boolean isThere(long pid) {
        return ProcessHandle.of(pid).filter(Alive::is).isPresent();
    }

    // Who ends when it is asked leaves nothing on the wire: what is in doubt afterwards has no excuse.
    private Happened roll(Planned planned, Fault.Roll roll) throws InterruptedException {
        Instant began = Instant.now();
        List<Ending> endings = rolls.roll(roll.processes());
        Instant from = endings.isEmpty() ? began : endings.getFirst().asked();
        // A roll stops where a process does not come back; then it is not over, whoever else serves.
        boolean whole =
                endings.size() == roll.processes().size() && endings.stream().allMatch(Ending::back);
        return over(planned, from, 0, whole).with(endings);
    }

    // One that is just starting has no lease to outlast.
    private Happened freeze(Planned planned, String process, Duration lasts) {
        long pid = Serving.pid(process, RECOVERY_MOST, services.get(process), () -> fleet.pid(process));
        long inFlight = onTheWire.of(process);
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
        return over(planned, from, inFlight, Serving.within(RECOVERY_MOST, serves));
    }

    private static Happened over(Planned planned, Instant from, long inFlight, boolean back) {
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
