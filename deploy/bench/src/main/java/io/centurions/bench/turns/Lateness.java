package io.centurions.bench.turns;

import io.centurions.bench.figure.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How much later than its deadline each marked turn reached a provider. */
public final class Lateness {

    private static final long NANOS_PER_MICRO = 1000;

    private final Map<Long, Long> deadlines;
    private final Map<Long, Long> arrivals;

    /** Both by mark, in microseconds since 1970. */
    public Lateness(Map<Long, Long> deadlines, Map<Long, Long> arrivals) {
        this.deadlines = Map.copyOf(deadlines);
        this.arrivals = Map.copyOf(arrivals);
    }

    /** Each window lies between two neighbouring edges, in microseconds since 1970. */
    public List<Samples> windows(List<Long> edges) {
        List<Samples> windows = new ArrayList<>();
        for (int n = 1; n < edges.size(); n++) {
            windows.add(between(edges.get(n - 1), edges.get(n)));
        }
        return windows;
    }

    /** Of the turns whose deadline lies in the given time, also those that never reached the provider. */
    public Samples between(long fromMicros, long untilMicros) {
        return Samples.ofNanos(deadlines.entrySet().stream()
                        .filter(entry -> entry.getValue() >= fromMicros && entry.getValue() < untilMicros)
                        .filter(entry -> arrivals.containsKey(entry.getKey()))
                        .mapToLong(entry -> (arrivals.get(entry.getKey()) - entry.getValue()) * NANOS_PER_MICRO)
                        .toArray())
                .withMissing(missing(fromMicros, untilMicros));
    }

    private long missing(long fromMicros, long untilMicros) {
        return deadlines.entrySet().stream()
                .filter(entry -> entry.getValue() >= fromMicros && entry.getValue() < untilMicros)
                .filter(entry -> !arrivals.containsKey(entry.getKey()))
                .count();
    }
}
