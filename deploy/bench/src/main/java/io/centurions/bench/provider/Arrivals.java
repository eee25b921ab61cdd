package io.centurions.bench.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** When the model was first asked about each marked message. Marks stand in the message's text. */
public final class Arrivals {

    private static final Pattern MARK = Pattern.compile("\\[t-(\\d+)]");

    private final Map<Long, Long> first = new ConcurrentHashMap<>();

    /** What a text must hold to be found again. */
    public static String mark(long number) {
        return "[t-" + number + "]";
    }

    /** The number of the newest mark in a text, or -1. */
    public static long numberIn(String text) {
        return MARK.matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToLong(mark -> Long.parseLong(mark.substring(3, mark.length() - 1)))
                .reduce((one, later) -> later)
                .orElse(-1);
    }

    void note(String request, long epochMicros) {
        long number = numberIn(request);
        if (number >= 0) {
            first.putIfAbsent(number, epochMicros);
        }
    }

    /** By mark, microseconds since 1970 by this machine's clock, which is also PostgreSQL's. */
    public Map<Long, Long> first() {
        return Map.copyOf(first);
    }

    public int count() {
        return first.size();
    }

    public void forget() {
        first.clear();
    }
}
