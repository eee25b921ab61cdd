package io.centurions.chaos.wreck;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.world.Patience;
import io.centurions.local.process.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Replaces the processes of a service as a deployment does: one is asked to end, and the next only when its successor serves. */
final class RollProcesses {

    private static final Duration AFTER_FORCE = Duration.ofSeconds(10);

    private final Turns turns;
    private final Map<String, Probe> services;
    private final ToLongFunction<String> pid;
    private final ToLongFunction<String> onTheWire;
    private final Duration grace;

    RollProcesses(
            Turns turns,
            Map<String, Probe> services,
            ToLongFunction<String> pid,
            ToLongFunction<String> onTheWire,
            Duration grace) {
        this.turns = turns;
        this.services = services;
        this.pid = pid;
        this.onTheWire = onTheWire;
        this.grace = grace;
    }

    /**
     * Returns when the successor of the last one serves, or stops where one does not serve in time.
     *
     * @throws InterruptedException while it waited for the turn of one
     */
    List<Ending> roll(List<String> processes) throws InterruptedException {
        List<Ending> endings = new ArrayList<>();
        for (String process : processes) {
            // One that is just starting again after another fault has nothing to hand over; the one before must serve.
            if (!allServe(processes)) {
                return endings;
            }
            Ending ending = turns.take(process, () -> replace(process));
            endings.add(ending);
            if (!ending.back()) {
                return endings;
            }
        }
        return endings;
    }

    private boolean allServe(List<String> processes) {
        return processes.stream().allMatch(any -> Serving.within(Wreck.RECOVERY_MOST, services.get(any)));
    }

    private Ending replace(String process) {
        long number = Serving.pid(process, Wreck.RECOVERY_MOST, services.get(process), () -> pid.applyAsLong(process));
        Instant asked = Instant.now();
        Signal.TERM.send(number);
        if (isGoneWithin(number, grace)) {
            Duration took = Duration.between(asked, Instant.now());
            return new Ending(process, asked, took, Optional.empty(), isBack(process));
        }
        long inFlight = onTheWire.applyAsLong(process);
        Instant from = Instant.now();
        Signal.KILL.send(number);
        Wreck.gone(process, number, AFTER_FORCE);
        Duration took = Duration.between(asked, Instant.now());
        boolean back = isBack(process);
        return new Ending(process, asked, took, Optional.of(new Ending.Forced(from, Instant.now(), inFlight)), back);
    }

    private boolean isBack(String process) {
        return Serving.within(Wreck.RECOVERY_MOST, services.get(process));
    }

    private static boolean isGoneWithin(long pid, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (Wreck.isThere(pid) && Instant.now().isBefore(deadline)) {
            Patience.pause(Duration.ofMillis(50));
        }
        return !Wreck.isThere(pid);
    }
}
