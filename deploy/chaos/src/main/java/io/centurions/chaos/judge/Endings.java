package io.centurions.chaos.judge;

import java.util.List;
import java.util.Locale;

/** Whether each process that was asked to end did so by itself, in time. */
public final class Endings {

    private Endings() {}

    /** No row where none was asked. */
    public static List<Row> judge(List<Ending> endings) {
        if (endings.isEmpty()) {
            return List.of();
        }
        return List.of(
                Row.broken(
                        "processes that did not end in their grace period",
                        endings.stream()
                                .filter(ending -> !ending.byItself())
                                .map(ending -> String.format(
                                        Locale.ROOT,
                                        "%s did not end in its grace period, forced after %.1f s",
                                        ending.process(),
                                        ending.took().toMillis() / 1000.0))
                                .toList()),
                Row.figure("processes asked to end", endings.size()));
    }
}
