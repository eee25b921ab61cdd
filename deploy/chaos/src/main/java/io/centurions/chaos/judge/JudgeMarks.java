package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What replies say of themselves: each was planned with all that the model said, and the model had been given every word it answers. */
final class JudgeMarks {

    private final Held held;
    private final List<String> torn = new ArrayList<>();
    private final List<String> deaf = new ArrayList<>();

    JudgeMarks(Held held) {
        this.held = held;
    }

    List<Row> rows() {
        for (Held.Conversation conversation : held.conversations()) {
            Map<String, Held.Turn> turns = conversation.turns().stream()
                    .collect(Collectors.toMap(Held.Turn::id, Function.identity(), (one, other) -> one));
            Map<String, List<Held.Bubble>> replies = conversation.bubbles().stream()
                    .filter(bubble -> bubble.turn() != null)
                    .collect(Collectors.groupingBy(Held.Bubble::reply, TreeMap::new, Collectors.toList()));
            replies.values().forEach(reply -> judge(conversation.chat(), turns, reply));
        }
        return List.of(
                Row.broken("replies planned without a part of them", torn),
                Row.broken("answers to words that the model was not given", deaf));
    }

    private void judge(ChatKey chat, Map<String, Held.Turn> turns, List<Held.Bubble> reply) {
        List<Mark> marks = reply.stream()
                .flatMap(bubble -> Mark.in(bubble.text()).stream())
                .toList();
        if (marks.isEmpty()) {
            // A courtesy line or a notice is not the model's.
            return;
        }
        if (reply.size() < marks.getFirst().of()) {
            torn.add(chat + " reply " + reply.getFirst().reply() + " has " + reply.size() + " parts of "
                    + marks.getFirst().of());
        }
        Held.Turn turn = turns.get(reply.getFirst().turn());
        long heard = marks.getFirst().to();
        if (turn != null && turn.answers() && heard != turn.to()) {
            deaf.add(chat + " #" + turn.from() + "-" + turn.to() + " is answered by a call that heard up to #" + heard);
        }
    }
}
