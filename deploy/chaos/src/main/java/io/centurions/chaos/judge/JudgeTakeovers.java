package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a person wrote on the company's phone: it is held, the machine begins no call while that person has the conversation, and has it
 * again once it is given back. Whether it answers then is judged with all other bursts.
 */
final class JudgeTakeovers {

    private final Outside outside;
    private final Held held;
    private final List<String> lost = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> talked = new ArrayList<>();

    JudgeTakeovers(Outside outside, Held held) {
        this.outside = outside;
        this.held = held;
    }

    List<Row> rows() {
        Takeovers takeovers = new Takeovers(outside);
        for (Held.Conversation conversation : held.conversations()) {
            takeovers.of(conversation).ifPresent(takeover -> {
                words(takeovers, conversation, takeover);
                talked(takeovers, conversation, takeover);
                if (takeover.told()
                        && !(takeover.given() && conversation.state().equals("ai"))) {
                    kept.add(conversation.chat() + " conversation " + conversation.id() + " is " + conversation.state()
                            + (takeover.given() ? ", and was given back" : ", and its return was not accepted"));
                }
            });
        }
        return List.of(
                Row.broken("words of a person lost or held twice", lost),
                Row.broken("conversations not given back by a person", kept),
                Row.broken("bubbles begun while a person had the conversation", talked),
                Row.broken("words that a person had answered answered again", held.answeredAgain()),
                Row.figure(
                        "conversations that a person took",
                        outside.takeovers().stream()
                                .filter(one -> one.seen() != null)
                                .count()),
                Row.figure(
                        "conversations given back",
                        outside.takeovers().stream()
                                .filter(Outside.Takeover::given)
                                .count()),
                Row.figure(
                        "words that a person left to the machine",
                        outside.takeovers().stream()
                                .filter(Outside.Takeover::given)
                                .mapToLong(one -> one.left().size())
                                .sum()));
    }

    private void words(Takeovers takeovers, Held.Conversation conversation, Outside.Takeover takeover) {
        for (Map.Entry<String, Boolean> word : takeover.words().entrySet()) {
            long times = conversation.bubbles().stream()
                    .filter(bubble -> takeovers.isPersons(conversation, bubble)
                            && bubble.text().equals(word.getKey()))
                    .count();
            if (times > 1 || times == 0 && word.getValue()) {
                lost.add(conversation.chat() + " \"" + word.getKey() + "\" is held " + times + " times");
            }
        }
    }

    // One call that had begun before may finish.
    private void talked(Takeovers takeovers, Held.Conversation conversation, Outside.Takeover takeover) {
        if (takeover.seen() == null) {
            return;
        }
        takeovers.ofMachine(conversation).stream()
                .filter(bubble -> bubble.called() != null
                        && bubble.called().isAfter(takeover.seen())
                        && (takeover.asked() == null || bubble.called().isBefore(takeover.asked())))
                .forEach(bubble -> talked.add(conversation.chat() + " \"" + bubble.text() + "\" " + bubble.id()
                        + " was begun at " + bubble.called() + ", and a person had the conversation from "
                        + takeover.seen() + " to " + takeover.asked()));
    }
}
