package io.centurions.chaos.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** After Redis forgot everything, every flow is whole again in a minute: counted from the flush or from the fact, whichever was later. */
public final class Flushes {

    static final Duration PROMISE = Duration.ofSeconds(60);

    private static final String PROMISED = "flows not whole 60 s after FLUSHALL";
    private static final String OPEN = "flows open at FLUSHALL, of those judged";

    private Flushes() {}

    /**
     * No row where nothing was flushed.
     *
     * @param flushes when Redis was flushed
     * @param others  faults that hold flows up too: a fact whose minute meets one of them is not counted; one whose minute meets the
     *     next flush counts from there
     * @param read    when the facts were taken; what may still become whole then is not counted
     */
    public static List<Row> judge(List<Fact> facts, List<Instant> flushes, List<Disturbance> others, Instant read) {
        return flushes.isEmpty() ? List.of() : rows(facts, flushes, others, read);
    }

    /** As {@link #judge}, of a run that is about nothing else: it proves something only where a flow was open at a flush. */
    public static List<Row> judgeStrictly(
            List<Fact> facts, List<Instant> flushes, List<Disturbance> others, Instant read) {
        List<Row> rows = new ArrayList<>(rows(facts, flushes, others, read));
        boolean proved = rows.stream().anyMatch(row -> row.name().equals(OPEN) && row.count() > 0);
        rows.add(Row.broken(
                "FLUSHALL that proved nothing",
                proved ? List.of() : List.of("no flow was open at any of " + flushes.size() + " FLUSHALL")));
        return List.copyOf(rows);
    }

    private static List<Row> rows(List<Fact> facts, List<Instant> flushes, List<Disturbance> others, Instant read) {
        Set<Fact> counted = new LinkedHashSet<>();
        List<String> broken = new ArrayList<>();
        long open = 0;
        for (Instant flush : flushes) {
            for (Fact fact : facts) {
                Instant begin = fact.at().isAfter(flush) ? fact.at() : flush;
                Instant end = begin.plus(PROMISE);
                boolean again = flushes.stream().anyMatch(next -> next.isAfter(begin) && !next.isAfter(end));
                if (again || !isConcerned(fact, flush) || others.stream().anyMatch(one -> one.meets(begin, end))) {
                    continue;
                }
                boolean late =
                        fact.whole() == null ? read.isAfter(end) : fact.whole().isAfter(end);
                if (late && counted.add(fact)) {
                    broken.add(words(fact, flush, begin));
                }
                counted.add(fact);
                open += fact.at().isAfter(flush) ? 0 : 1;
            }
        }
        return List.of(
                open == 0 && broken.isEmpty()
                        ? Row.figure(PROMISED + " (none judged)", 0)
                        : Row.broken(PROMISED, broken),
                Row.figure("flows judged after FLUSHALL", counted.size()),
                Row.figure(OPEN, open));
    }

    // What was whole before, and what began more than a minute later, Redis had no part in.
    private static boolean isConcerned(Fact fact, Instant flush) {
        return fact.at().isBefore(flush.plus(PROMISE))
                && (fact.whole() == null || fact.whole().isAfter(flush));
    }

    private static String words(Fact fact, Instant flush, Instant begin) {
        String when = fact.whole() == null
                ? "never"
                : String.format(
                        Locale.ROOT,
                        "after %.1f s",
                        Duration.between(begin, fact.whole()).toMillis() / 1000.0);
        return fact.flow() + " " + fact.subject() + ": fact at " + fact.at() + ", FLUSHALL at " + flush + ", whole "
                + when;
    }
}
