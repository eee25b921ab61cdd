package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What leads wrote: each acknowledged message is held once, and nobody became two. */
final class JudgeWords {

    private final Outside outside;
    private final Held held;

    JudgeWords(Outside outside, Held held) {
        this.outside = outside;
        this.held = held;
    }

    List<Row> rows() {
        Map<String, Integer> stored = new HashMap<>();
        for (Held.Conversation conversation : held.conversations()) {
            conversation.inbound().forEach(one -> stored.merge(key(conversation.chat(), one.text()), 1, Integer::sum));
        }
        List<String> lost = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        for (Outside.Written one : outside.written()) {
            int times = stored.getOrDefault(key(one.chat(), one.text()), 0);
            if (times == 0 && one.acknowledged()) {
                lost.add(one.chat() + " \"" + one.text() + "\"");
            } else if (times > 1) {
                twice.add(one.chat() + " \"" + one.text() + "\" " + times + " times");
            }
        }
        return List.of(
                Row.broken("acknowledged messages lost", lost),
                Row.broken("messages refused", refused()),
                Row.broken("messages stored twice", twice),
                Row.broken("conversations or leads twice", people()),
                Row.broken("conversations taken from the machine by nobody", taken()),
                Row.figure("messages written", outside.written().size()),
                Row.figure(
                        "messages acknowledged",
                        outside.written().stream()
                                .filter(Outside.Written::acknowledged)
                                .count()));
    }

    // Whatever dies, nobody may tell a provider that what a lead wrote is unacceptable.
    private List<String> refused() {
        return outside.written().stream()
                .filter(Outside.Written::refused)
                .map(one -> one.chat() + " \"" + one.text() + "\" was answered " + one.answered())
                .toList();
    }

    private List<String> people() {
        List<String> twice = new ArrayList<>();
        Set<ChatKey> chats = new HashSet<>();
        Set<String> leads = new HashSet<>();
        for (Held.Conversation conversation : held.conversations()) {
            if (!chats.add(conversation.chat()) || !leads.add(conversation.lead())) {
                twice.add(conversation.chat() + " conversation " + conversation.id() + " lead " + conversation.lead());
            }
        }
        // Everybody here has a chat: a lead without one is somebody's second self.
        held.leads().stream()
                .filter(lead -> !leads.contains(lead.id()))
                .forEach(lead -> twice.add("lead " + lead.id() + " of company " + lead.company() + " has no chat"));
        return twice;
    }

    // No simulated lead asks for a person; who of them is taken over all the same is known.
    private List<String> taken() {
        Takeovers takeovers = new Takeovers(outside);
        return held.conversations().stream()
                .filter(conversation -> takeovers.of(conversation).isEmpty()
                                && !conversation.state().equals("ai")
                        || takeovers.ofMachine(conversation).stream()
                                .anyMatch(bubble -> !bubble.author().equals("machine")))
                .map(conversation ->
                        conversation.chat() + " conversation " + conversation.id() + " is " + conversation.state())
                .toList();
    }

    private static String key(ChatKey chat, String text) {
        return chat + " " + text;
    }
}
