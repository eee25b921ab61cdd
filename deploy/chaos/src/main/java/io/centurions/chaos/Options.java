package io.centurions.chaos;

import io.centurions.chaos.plan.Kind;
import io.centurions.local.place.Trouble;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run was asked for.
 *
 * @param seconds how long leads write
 * @param seed    of the plan of faults and of what leads do
 * @param leads   how many; empty: as many as fit the time
 * @param faults  which kinds come; the others are left out of the plan, which stays as it is otherwise
 * @param report  where to write a JUnit report
 */
record Options(int seconds, long seed, OptionalInt leads, Set<Kind> faults, Optional<Path> report) {

    private static final int DEFAULT_SECONDS = 120;
    private static final int SHORTEST_S = 30;
    /**
     * Hundreds in ten minutes. With two a second, two cores have no more time for the simulated providers than for each of a dozen other
     * processes: those were late by seconds then, and calls to them given up.
     */
    private static final int LEADS_A_SECOND = 1;

    static Options parse(List<String> words) {
        int seconds = DEFAULT_SECONDS;
        long seed = System.nanoTime() % 100_000;
        OptionalInt leads = OptionalInt.empty();
        Set<Kind> faults = EnumSet.allOf(Kind.class);
        Optional<Path> report = Optional.empty();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            if (!rest.hasNext()) {
                throw new Trouble(word + " needs a value: ./fleet help");
            }
            String value = rest.next();
            switch (word) {
                case "--seconds" -> seconds = (int) number(word, value, SHORTEST_S, 86_400);
                case "--seed" -> seed = number(word, value, 0, Long.MAX_VALUE);
                case "--leads" -> leads = OptionalInt.of((int) number(word, value, 1, 100_000));
                case "--faults" -> faults = kinds(value);
                case "--report" -> report = Optional.of(Path.of(value));
                default -> throw new Trouble("chaos does not know " + word + ": ./fleet help");
            }
        }
        return new Options(seconds, seed, leads, faults, report);
    }

    /** Whether nothing that is an excuse for a late flow comes beside FLUSHALL. */
    boolean onlyFlush() {
        return faults.equals(EnumSet.of(Kind.FLUSH));
    }

    int leadsWanted() {
        return leads.orElse(seconds * LEADS_A_SECOND);
    }

    private static Set<Kind> kinds(String value) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : value.split(",", -1)) {
            kinds.add(Arrays.stream(Kind.values())
                    .filter(kind -> word(kind).equals(word.strip()))
                    .findFirst()
                    .orElseThrow(() -> new Trouble("--faults does not know " + word + ", only "
                            + Arrays.stream(Kind.values()).map(Options::word).collect(Collectors.joining(", ")))));
        }
        return kinds;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static long number(String word, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Trouble(word + " needs a number, not " + value, e);
        }
        throw new Trouble(word + " lies between " + least + " and " + most + ", not " + value);
    }
}
