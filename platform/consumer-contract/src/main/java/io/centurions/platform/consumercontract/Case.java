package io.centurions.platform.consumercontract;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One golden event that speaks of rows which a test has just arranged, and where its effect shows. Told to nobody, the rows stay
 * as they were arranged: a consumer that does nothing fails.
 *
 * @param event  what the stream brings
 * @param effect the rows that it changes, as they are now, without what moves by itself (times of update, attempts)
 * @param once   how many rows of effect there are when the event was handled once
 * @param soon   whether somebody who was only woken brings the rows about, a little after the event is done
 */
public record Case(GoldenEvent event, Supplier<List<Map<String, Object>>> effect, int once, boolean soon) {

    /** The rows are there when the event is done. */
    public Case(GoldenEvent event, Supplier<List<Map<String, Object>>> effect, int once) {
        this(event, effect, once, false);
    }

    /** An event that only wakes somebody, who must have no other reason to look before the test is over. */
    public static Case waking(GoldenEvent event, Supplier<List<Map<String, Object>>> effect, int once) {
        return new Case(event, effect, once, true);
    }

    Case with(GoldenEvent other) {
        return new Case(other, effect, once, soon);
    }
}
