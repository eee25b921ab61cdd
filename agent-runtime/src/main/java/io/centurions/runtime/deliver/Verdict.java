package io.centurions.runtime.deliver;

import io.centurions.contracts.id.MessageId;
import java.time.Duration;

/** What the database allows next in a leased conversation. */
sealed interface Verdict {

    /** This bubble may go out now; it is marked as being on the wire. */
    record Send(Bubble bubble) implements Verdict {}

    /** Somebody's call for this bubble never ended. Nobody else calls now. */
    record Resolve(Bubble bubble) implements Verdict {}

    /** The next bubble is not due yet. */
    record Wait(Duration left) implements Verdict {}

    /** Ask again, under a newer fence: the answer did not reach us. */
    record Again(Delivery renewed) implements Verdict {}

    /** Nothing left to do, and given back; or not ours any more. */
    record None() implements Verdict {}

    /** @param attempt how many calls have been begun for it, this one included */
    record Bubble(MessageId id, Courier.Content content, int attempt) {}
}
