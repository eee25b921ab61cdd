package io.centurions.platform.consumercontract;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One golden event that speaks of rows which a test has just arranged, and where its effect shows.
 *
 * @param event  what the stream brings
 * @param effect the rows that it changes, as they are now, without what moves by itself (times of update, attempts)
 * @param once   how many rows of effect there are when the event was handled once; before, there are fewer, unless the
 *               event is a hint without any
 */
public record Case(GoldenEvent event, Supplier<List<Map<String, Object>>> effect, int once) {

    /** An event that only wakes somebody: the rows stay as they are. */
    public static Case hint(GoldenEvent event, Supplier<List<Map<String, Object>>> untouched) {
        return new Case(event, untouched, untouched.get().size());
    }

    Case with(GoldenEvent other) {
        return new Case(other, effect, once);
    }
}
