package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.List;

/** Bubbles of which nobody can tell whether they arrived, each with what went wrong while its call was on the wire. */
public final class Unknowns {

    private Unknowns() {}

    /**
     * @param most as many calls as were in flight at faults that can leave one behind
     */
    public static List<Row> judge(Held held, List<Outside.Arrived> arrived, Blame blame, long most) {
        List<String> unknown = new ArrayList<>();
        List<String> causeless = new ArrayList<>();
        for (Held.Conversation conversation : held.conversations()) {
            for (Held.Bubble bubble : conversation.bubbles()) {
                boolean repeated = JudgeBubbles.isRepeated(conversation, bubble);
                if (bubble.unknown() || repeated) {
                    List<String> causes = blame.causes(conversation, bubble);
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
}
