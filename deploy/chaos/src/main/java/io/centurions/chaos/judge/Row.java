package io.centurions.chaos.judge;

import java.util.List;

/**
 * A line of the verdict.
 *
 * @param mustBeZero whether a count above zero breaks the promise
 * @param details    each case, readable
 */
public record Row(String name, long count, boolean mustBeZero, List<String> details) {

    /** Cases of which there may be none. */
    public static Row broken(String name, List<String> details) {
        return new Row(name, details.size(), true, List.copyOf(details));
    }

    static Row told(String name, List<String> details) {
        return new Row(name, details.size(), false, List.copyOf(details));
    }

    public static Row figure(String name, long count) {
        return new Row(name, count, false, List.of());
    }

    /** A count that may not exceed a bound. */
    public static Row bounded(String name, long count, long most, List<String> details) {
        return new Row(name + " (at most " + most + ")", count, count > most, details);
    }

    public boolean holds() {
        return !mustBeZero || count == 0;
    }
}
