package io.centurions.bench.load;

import io.centurions.bench.figure.Samples;
import java.util.Map;

/**
 * What a load run gave.
 *
 * @param latencies of the requests that were answered 200; in an open loop from the planned moment on
 * @param seconds   from the first request to the last answer
 * @param others    how often anything else than 200 came, by status; 0 stands for a broken connection
 */
public record Loaded(Samples latencies, double seconds, Map<Integer, Long> others) {

    public int done() {
        return latencies.size();
    }

    public double perSecond() {
        return done() / seconds;
    }

    public long failed() {
        return others.values().stream().mapToLong(Long::longValue).sum();
    }
}
