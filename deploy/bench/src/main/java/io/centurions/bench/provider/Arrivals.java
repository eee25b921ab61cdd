package io.centurions.bench.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** When a provider first heard of each marked message. Marks stand in the message's text and count upwards. */
public final class Arrivals {

    private static final Pattern MARK = Pattern.compile("\\[t-(\\d+)]");

    private final Map<Long, Long> first = new ConcurrentHashMap<>();

    /** What a text must hold to be found again. */
    public static String mark(long number) {
        return "[t-" + number + "]";
    }

    /** The number of the newest mark in a text, wherever it stands, or -1. */
    public static long numberIn(String text) {
        return MARK.matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToLong(mark -> Long.parseLong(mark.substring(3, mark.length() - 1)))
                .max()
                .orElse(-1);
    }

    /** Returns the number of what the request is about, or -1. */
    long note(String request, long epochMicros) {
        long number = numberIn(request);
        if (number >= 0) {
            first.putIfAbsent(number, epochMicros);
        }
        return number;
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
