package io.centurions.chaos.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Bubbles of which nobody can tell whether they arrived, each with what went wrong while its call was on the wire. */
public final class Unknowns {

    private Unknowns() {}

    /**
     * @param most as many calls as were in flight at faults that can leave one behind
     */
    public static List<Row> judge(
            Held held, List<Outside.Arrived> arrived, List<Disturbance> disturbances, CallTimes times, long most) {
        List<String> unknown = new ArrayList<>();
        List<String> causeless = new ArrayList<>();
        for (Held.Conversation conversation : held.conversations()) {
            for (Held.Bubble bubble : conversation.bubbles()) {
                boolean repeated = JudgeBubbles.isRepeated(conversation, bubble);
                if (bubble.unknown() || repeated) {
                    List<String> causes = causes(conversation, bubble, disturbances, times);
                    long shown = arrived.stream()
                            .filter(one -> one.chat().equals(conversation.chat())
                                    && one.text().equals(bubble.text()))
                            .count();
                    String what = conversation.chat() + " \"" + bubble.text() + "\" " + bubble.id()
                            + (repeated ? ", sent once more" : "") + ", on the telephone " + shown + " times: "
                            + causes;
                    unknown.add(what);
                    if (causes.isEmpty()) {
                        causeless.add(what);
                    }
                }
            }
        }
        return List.of(
                Row.bounded("bubbles unknown", unknown.size(), most, unknown),
                Row.broken("bubbles unknown although nothing went wrong", causeless));
    }

    private static List<String> causes(
            Held.Conversation conversation, Held.Bubble bubble, List<Disturbance> disturbances, CallTimes times) {
        if (bubble.called() == null) {
            return List.of();
        }
        // Known is when the first call was allowed; each that followed came a successor's wait later.
        Instant begin = bubble.called().minusSeconds(1);
        Instant end = bubble.called()
                .plus(times.timeout())
                .plus(times.untilSuccessor().multipliedBy(Math.max(0, bubble.attempts() - 1L)));
        return disturbances.stream()
                .filter(one -> one.concerns(conversation.chat().channel(), begin, end))
                .map(Disturbance::words)
                .distinct()
                .toList();
    }
}
