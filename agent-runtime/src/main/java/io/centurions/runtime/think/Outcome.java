package io.centurions.runtime.think;

import java.util.List;

/** What the Centurion decided to do with a burst. Typed, so that nothing in a text is ever read as a command. */
public sealed interface Outcome {

    /** Says something. */
    record Reply(List<String> bubbles) implements Outcome {
        public Reply {
            bubbles = List.copyOf(bubbles);
        }
    }

    /** Nothing needs to be said, as after "ok, obrigado". */
    record Silence() implements Outcome {}

    /** A person has to go on; {@code bubbles} tell the lead so. */
    record HandOver(List<String> bubbles) implements Outcome {
        public HandOver {
            bubbles = List.copyOf(bubbles);
        }
    }

    /** The lead will not buy; {@code bubbles} say goodbye. */
    record Disqualify(List<String> bubbles) implements Outcome {
        public Disqualify {
            bubbles = List.copyOf(bubbles);
        }
    }

    /** What is said, empty for silence. */
    default List<String> bubbles() {
        return switch (this) {
            case Reply(var said) -> said;
            case HandOver(var said) -> said;
            case Disqualify(var said) -> said;
            case Silence() -> List.of();
        };
    }

    /** As it stands in the books. */
    default String code() {
        return switch (this) {
            case Reply reply -> "reply";
            case Silence silence -> "silence";
            case HandOver handOver -> "handover";
            case Disqualify disqualify -> "disqualify";
        };
    }
}
