package io.centurions.chaos.wreck;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.world.Fleet;
import io.centurions.chaos.world.Patience;
import io.centurions.local.process.StopMember;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Replaces the processes of a service as a deployment does: one is asked to end, and the next only when its successor serves. */
final class RollProcesses {

    private static final Duration AFTER_FORCE = Duration.ofSeconds(10);

    private final Fleet fleet;

    RollProcesses(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Returns when the last one is gone, that it serves again is the caller's to wait for; or stops where one does not come back. */
    List<Ending> roll(List<String> processes) {
        List<Ending> endings = new ArrayList<>();
        for (String process : processes) {
            // One that is just starting again after another fault has nothing to hand over; the one before must serve.
            if (!processes.stream()
                    .allMatch(any ->
                            Serving.within(Wreck.RECOVERY_MOST, fleet.services().get(any)))) {
                return endings;
            }
            endings.add(end(process));
        }
        return endings;
    }

    private Ending end(String process) {
        long pid = Serving.pid(process, Wreck.RECOVERY_MOST, fleet.services().get(process), () -> fleet.pid(process));
        Instant asked = Instant.now();
        Signal.TERM.send(pid);
        boolean byItself = isGoneWithin(pid, StopMember.GRACE);
        if (!byItself) {
            Signal.KILL.send(pid);
            Wreck.gone(process, pid, AFTER_FORCE);
        }
        return new Ending(process, Duration.between(asked, Instant.now()), byItself);
    }

    private static boolean isGoneWithin(long pid, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (Wreck.isThere(pid) && Instant.now().isBefore(deadline)) {
            Patience.pause(Duration.ofMillis(50));
        }
        return !Wreck.isThere(pid);
    }
}
