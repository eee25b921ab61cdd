package io.centurions.bench.load;

import io.centurions.bench.figure.Samples;
import java.util.Map;

/**
 * What a load run gave.
 *
 * @param latencies in an open loop from the planned moment on; what was not answered 200 is missing among them
 * @param seconds   from the first request to the last answer
 * @param uncounted how many were answered 200 before the counting began
 * @param others    how often anything else than 200 came, by status; 0 stands for a broken connection
 */
public record Loaded(Samples latencies, double seconds, long uncounted, Map<Integer, Long> others) {

    public int done() {
        return latencies.size();
    }

    public double perSecond() {
        return done() / seconds;
    }

    public long failed() {
        return latencies.missing();
    }
}
