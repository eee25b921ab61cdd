package io.centurions.chaos.tell;

import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.wreck.Happened;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The faults in the order in which they came, with how long the fleet took to be back. */
public final class Timeline {

    private final List<Happened> faults;
    private final List<Instant> replies;

    /** @param replies when each bubble arrived */
    public Timeline(List<Happened> faults, List<Instant> replies) {
        this.faults = List.copyOf(faults);
        this.replies = replies.stream().sorted().toList();
    }

    public void print(PrintStream out) {
        out.println();
        for (Happened one : faults) {
            out.println(line(one));
        }
        out.println();
        recoveries()
                .forEach((kind, times) -> out.println(String.format(
                        Locale.ROOT,
                        "  %-32s %3d times, back after %s (median), %s (worst)",
                        kind,
                        times.size(),
                        seconds(times.get(times.size() / 2)),
                        seconds(times.getLast()))));
    }

    private String line(Happened one) {
        StringBuilder more = new StringBuilder();
        one.endings()
                .forEach(ending -> more.append(", ")
                        .append(ending.process())
                        .append(ending.byItself() ? " ended after " : " was forced after ")
                        .append(seconds(ending.took())));
        one.recovery().ifPresent(time -> more.append(", back after ").append(seconds(time)));
        if (!(one.fault() instanceof Fault.BadProvider)) {
            firstReply(one.from())
                    .ifPresent(time -> more.append(", next bubble after ").append(seconds(time)));
            more.append(one.inFlight() > 0 ? ", " + one.inFlight() + " sends on the wire" : "");
        } else {
            more.append(", met ").append(one.hits()).append(one.hits() == 1 ? " call" : " calls");
        }
        return String.format(
                Locale.ROOT,
                "  %6.1f s  %s%s",
                one.at().toMillis() / 1000.0,
                one.fault().words(),
                more);
    }

    private Optional<Duration> firstReply(Instant after) {
        return replies.stream().filter(after::isBefore).findFirst().map(reply -> Duration.between(after, reply));
    }

    /** By kind, each sorted. */
    private Map<String, List<Duration>> recoveries() {
        Map<String, List<Duration>> byKind = new LinkedHashMap<>();
        for (Happened one : faults) {
            String kind =
                    switch (one.fault()) {
                        case Fault.Kill any -> "kill of a service";
                        case Fault.Freeze any -> "freeze (its time included)";
                        case Fault.Roll any -> one.fault().words() + " (all of it)";
                        default -> one.fault().words();
                    };
            one.recovery()
                    .ifPresent(time -> byKind.computeIfAbsent(kind, any -> new ArrayList<>())
                            .add(time));
        }
        byKind.values().forEach(times -> times.sort(null));
        return byKind;
    }

    public List<Map<String, Object>> forMachines() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Happened one : faults) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("atMs", one.at().toMillis());
            row.put("fault", one.fault().words());
            row.put("from", one.from().toString());
            row.put("recoveryMs", one.recovery().map(Duration::toMillis).orElse(null));
            row.put(
                    "nextBubbleMs",
                    firstReply(one.from()).map(Duration::toMillis).orElse(null));
            row.put("inFlight", one.inFlight());
            row.put("hits", one.hits());
            if (!one.endings().isEmpty()) {
                Map<String, Long> ends = new LinkedHashMap<>();
                one.endings()
                        .forEach(ending ->
                                ends.put(ending.process(), ending.took().toMillis()));
                row.put("endedMs", ends);
            }
            all.add(row);
        }
        return all;
    }

    public static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
