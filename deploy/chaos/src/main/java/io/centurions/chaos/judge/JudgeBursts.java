package io.centurions.chaos.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Bursts, which are what the database closed as one: each has one answer. Forms have one greeting, signatures one notice. */
final class JudgeBursts {

    private final Outside outside;
    private final Held held;
    private final Blame blame;
    private final Takeovers takeovers;
    private final List<String> without = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();

    JudgeBursts(Outside outside, Held held, Blame blame) {
        this.outside = outside;
        this.held = held;
        this.blame = blame;
        this.takeovers = new Takeovers(outside);
    }

    List<Row> rows() {
        long bursts = 0;
        for (Held.Conversation conversation : held.conversations()) {
            List<Held.Turn> answers = conversation.turns().stream()
                    .filter(Held.Turn::answers)
                    .sorted(Comparator.comparingLong(Held.Turn::from))
                    .toList();
            bursts += answers.size();
            covered(conversation, answers);
            conversation.turns().stream()
                    .filter(turn -> turn.answers() || turn.speaksFirst())
                    .forEach(turn -> oneReply(conversation, turn));
        }
        twoVoices();
        return List.of(
                Row.broken("bursts without a reply", without),
                Row.broken("bursts with two replies", twice),
                Row.broken("leads given back by a person and not answered", left),
                Row.broken("forms lost or greeted not once", forms()),
                Row.figure("bursts answered", bursts));
    }

    private void covered(Held.Conversation conversation, List<Held.Turn> answers) {
        long next = 1;
        for (Held.Turn turn : answers) {
            if (turn.from() > next) {
                uncovered(conversation, next, turn.from() - 1);
            } else if (turn.from() < next) {
                twice.add(conversation.chat() + " #" + turn.from() + "-" + turn.to() + " overlaps the answer before");
            }
            next = Math.max(next, turn.to() + 1);
        }
        if (next <= conversation.inboundSeq()) {
            uncovered(conversation, next, conversation.inboundSeq());
        }
    }

    private void uncovered(Held.Conversation conversation, long from, long to) {
        if (takeovers.answered(conversation, from, to)) {
            return;
        }
        List<String> unanswered = takeovers.of(conversation).isPresent() ? left : without;
        unanswered.add(conversation.chat() + " #" + from + "-" + to + " (conversation " + conversation.id() + " is "
                + conversation.state() + ")");
    }

    private void oneReply(Held.Conversation conversation, Held.Turn turn) {
        Map<String, List<Held.Bubble>> replies = conversation.bubbles().stream()
                .filter(bubble -> turn.id().equals(bubble.turn()))
                .collect(Collectors.groupingBy(Held.Bubble::reply));
        String what = conversation.chat() + " " + turn.origin() + " #" + turn.from() + "-" + turn.to();
        if (replies.size() > 1) {
            twice.add(what + " has " + replies.size() + " replies");
        }
        boolean said = replies.values().stream()
                .flatMap(List::stream)
                .anyMatch(bubble ->
                        bubble.sent() || inDoubt(conversation, bubble) || overtaken(conversation, turn, bubble));
        if (!said && !droppedByPerson(conversation, turn, replies)) {
            without.add(what + ": nothing of its reply was sent");
        }
    }

    // What nothing cut off cannot be in doubt: it was not said.
    private boolean inDoubt(Held.Conversation conversation, Held.Bubble bubble) {
        return bubble.unknown() && !blame.causes(conversation, bubble).isEmpty();
    }

    // Newer words drop what was still to be said; their own answer takes its place.
    private static boolean overtaken(Held.Conversation conversation, Held.Turn turn, Held.Bubble bubble) {
        return bubble.superseded() && "newer_words".equals(bubble.failure()) && conversation.inboundSeq() > turn.to();
    }

    // A person who came drops what was still to be said, and has answered.
    private boolean droppedByPerson(
            Held.Conversation conversation, Held.Turn turn, Map<String, List<Held.Bubble>> replies) {
        return !replies.isEmpty()
                && replies.values().stream().flatMap(List::stream).allMatch(Held.Bubble::superseded)
                && takeovers.answered(conversation, turn.from(), turn.to());
    }

    // Seen from the telephone: two calls of the model that answer up to the same word.
    private void twoVoices() {
        Map<String, Set<Long>> calls = new TreeMap<>();
        for (Outside.Arrived one : outside.arrived()) {
            Mark.in(one.text())
                    .filter(mark -> mark.to() > 0)
                    .ifPresent(mark -> calls.computeIfAbsent(one.chat() + " #" + mark.to(), any -> new HashSet<>())
                            .add(mark.call()));
        }
        calls.forEach((words, voices) -> {
            if (voices.size() > 1) {
                twice.add(words + ": the telephone shows answers of the calls " + voices);
            }
        });
    }

    private List<String> forms() {
        Map<ChatKey, Held.Conversation> chats = new HashMap<>();
        held.conversations().forEach(conversation -> chats.put(conversation.chat(), conversation));
        List<String> broken = new ArrayList<>();
        for (Outside.Form form : outside.forms()) {
            String lead = held.submissions().get(form.submission());
            Held.Conversation conversation = chats.get(form.chat());
            if (lead == null || conversation == null) {
                broken.add(form.chat() + " submission " + form.submission() + " has no "
                        + (lead == null ? "lead" : "conversation"));
                continue;
            }
            if (!conversation.lead().equals(lead)) {
                broken.add(form.chat() + " lead " + lead + " writes as lead " + conversation.lead());
            }
            long greeted = conversation.turns().stream()
                    .filter(turn -> turn.origin().equals("form"))
                    .count();
            // Who writes before being greeted is answered instead.
            if (greeted > 1 || greeted == 0 && conversation.inboundSeq() == 0) {
                broken.add(form.chat() + " lead " + lead + " was greeted " + greeted + " times");
            }
        }
        return broken;
    }
}
