package io.centurions.evolution.delivery;

import java.time.Duration;

/** What is to be done now in a conversation that is ours. */
sealed interface Claimed {

    /** Send it, at once or not at all: it was allowed at the instant of the claim. */
    record Send(Bubble bubble) implements Claimed {}

    /** A dead worker may have sent it: find out. */
    record Resolve(Bubble bubble) implements Claimed {}

    /** It is not its time yet. */
    record Wait(Bubble bubble, Duration howLong) implements Claimed {}

    /** Ask again, under a newer fence: the answer did not reach us. */
    record Again(Delivery renewed) implements Claimed {}

    /** Nothing is left, and the conversation is given back; or it is not ours any more. */
    record Nothing() implements Claimed {}
}
