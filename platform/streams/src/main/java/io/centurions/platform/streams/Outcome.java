package io.centurions.platform.streams;

/** How the handling of one event ended. */
public sealed interface Outcome {

    /** Its effect is committed, here or before. */
    record Done() implements Outcome {}

    /** Something must come first; tried again with growing waits until the event is too old. */
    record Later(String why) implements Outcome {}

    /** Trying again cannot help; a person must look. The reason carries no content. */
    record Parked(String reason) implements Outcome {}

    static Outcome done() {
        return new Done();
    }

    static Outcome later(String why) {
        return new Later(why);
    }

    static Outcome parked(String reason) {
        return new Parked(reason);
    }
}
