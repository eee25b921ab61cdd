package io.centurions.bench;

import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code ./fleet bench} was asked for.
 *
 * @param names     of the benchmarks; empty for all
 * @param profiling where the time goes is written down too; it makes everything slower
 */
record BenchOptions(List<String> names, boolean quick, boolean profiling, Ports ports) {

    /** Away from a fleet at its default ports. */
    static final int DEFAULT_BASE = 27_080;

    static BenchOptions parse(List<String> words, List<String> known) {
        List<String> names = new ArrayList<>();
        boolean quick = false;
        boolean profiling = false;
        Ports ports = new Ports(DEFAULT_BASE);
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--quick" -> quick = true;
                case "--profile" -> profiling = true;
                case "--port-base" -> ports = ports(rest);
                default -> names.add(checked(word, known));
            }
        }
        return new BenchOptions(List.copyOf(names), quick, profiling, ports);
    }

    boolean wants(String name) {
        return names.isEmpty() || names.contains(name);
    }

    private static Ports ports(Iterator<String> rest) {
        try {
            return new Ports(Integer.parseInt(rest.hasNext() ? rest.next() : ""));
        } catch (NumberFormatException e) {
            throw new Trouble("--port-base needs a number", e);
        }
    }

    private static String checked(String word, List<String> known) {
        if (!known.contains(word)) {
            throw new Trouble(
                    "bench knows " + String.join(", ", known) + ", --quick, --profile and --port-base N, not " + word);
        }
        return word;
    }
}
