package io.centurions.bench.stage;

import java.util.LinkedHashMap;
import java.util.Map;

/** CPU time that processes took between two looks, by name, with the bench's own. */
public final class Used {

    /** The bench itself: load generator and stand-ins for providers. */
    public static final String BENCH = "bench";

    private final Map<String, Benched> watched;
    private final Map<String, Long> before = new LinkedHashMap<>();

    /** Starts counting. */
    public Used(Map<String, Benched> watched) {
        this.watched = Map.copyOf(watched);
        watched.forEach((name, benched) -> before.put(name, benched.cpuMillis()));
        before.put(BENCH, own());
    }

    /** Milliseconds since the start of the counting. */
    public Map<String, Long> soFar() {
        Map<String, Long> used = new LinkedHashMap<>();
        before.forEach((name, then) ->
                used.put(name, (name.equals(BENCH) ? own() : watched.get(name).cpuMillis()) - then));
        return used;
    }

    private static long own() {
        return io.centurions.bench.machine.CpuTime.of(ProcessHandle.current().pid());
    }
}
