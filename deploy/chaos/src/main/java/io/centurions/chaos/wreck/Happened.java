package io.centurions.chaos.wreck;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.plan.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A fault as it came.
 *
 * @param at       counted from the start of the load
 * @param until    when it was over, its recovery included
 * @param recovery how long after the fault what it hit served again; empty where nothing stopped serving
 * @param inFlight sends to leads that were on the wire when it came, of those whose sender it hits; of a roll, when one was forced
 * @param hits     calls to a provider that it met
 * @param endings  of processes that were asked to end
 */
public record Happened(
        Duration at,
        Fault fault,
        Instant from,
        Instant until,
        Optional<Duration> recovery,
        long inFlight,
        long hits,
        List<Ending> endings) {

    /** With the sends that were cut off where one had to be forced. */
    Happened with(List<Ending> seen) {
        long cutOff = seen.stream()
                .flatMap(ending -> ending.forced().stream())
                .mapToLong(Ending.Forced::inFlight)
                .sum();
        return new Happened(at, fault, from, until, recovery, inFlight + cutOff, hits, seen);
    }
}
