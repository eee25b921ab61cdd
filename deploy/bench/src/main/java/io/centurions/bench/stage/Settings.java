package io.centurions.bench.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a service is started for a benchmark.
 *
 * @param name  of the process, when one service runs twice
 * @param port  where it listens
 * @param heap  as {@code -Xmx} takes it
 * @param extra environment on top of what every service gets
 */
public record Settings(String name, int port, String heap, Map<String, String> extra) {

    public Settings {
        extra = Map.copyOf(extra);
    }

    public Settings with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(extra);
        more.put(variable, value);
        return new Settings(name, port, heap, more);
    }

    // What a container of half a gibibyte and two cores would get: the serial collector and both compilers.
    List<String> java() {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                // Or the JVM ends compiler threads that have nothing to do, and what they took is no longer told.
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-Dfile.encoding=UTF-8"));
        if (Runtime.version().feature() >= 23) {
            options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return options;
    }
}
