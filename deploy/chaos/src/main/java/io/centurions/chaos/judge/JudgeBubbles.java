package io.centurions.chaos.judge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bubbles: each that the database holds as sent is on the telephone once and in its place. An unknown one may be there or not, and on
 * Telegram, which cannot be asked, also twice; it is listed instead.
 */
final class JudgeBubbles {

    private final Outside outside;
    private final Held held;
    private final Blame blame;
    private final Takeovers takeovers;
    private final List<String> missing = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final List<String> superseded = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private long sent;

    JudgeBubbles(Outside outside, Held held, Blame blame) {
        this.outside = outside;
        this.held = held;
        this.blame = blame;
        this.takeovers = new Takeovers(outside);
    }

    List<Row> rows() {
        Map<ChatKey, List<Outside.Arrived>> telephones =
                outside.arrived().stream().collect(Collectors.groupingBy(Outside.Arrived::chat));
        for (Held.Conversation conversation : held.conversations()) {
            compare(conversation, telephones.getOrDefault(conversation.chat(), List.of()));
            telephones.remove(conversation.chat());
        }
        telephones
                .values()
                .forEach(rest -> rest.forEach(one -> unexpected.add(one.chat() + " \"" + one.text() + "\"")));
        return List.of(
                Row.broken("bubbles missing", missing),
                Row.broken("bubbles twice", twice),
                Row.broken("bubbles that nobody planned, or dropped ones that came", unexpected),
                Row.broken("bubbles out of order", outOfOrder),
                Row.broken("bubbles still open", open),
                Row.figure("bubbles sent", sent),
                Row.told("bubbles superseded", superseded),
                Row.told("bubbles that came after their call was given up", late));
    }

    private void compare(Held.Conversation conversation, List<Outside.Arrived> telephone) {
        Map<String, List<Held.Bubble>> planned = new HashMap<>();
        for (Held.Bubble bubble : takeovers.ofMachine(conversation)) {
            planned.computeIfAbsent(bubble.text(), any -> new ArrayList<>()).add(bubble);
            classify(conversation, bubble);
        }
        Map<String, Long> shown =
                telephone.stream().collect(Collectors.groupingBy(Outside.Arrived::text, Collectors.counting()));
        planned.forEach((text, bubbles) -> count(conversation, text, bubbles, shown.getOrDefault(text, 0L)));
        shown.keySet().stream()
                .filter(text -> !planned.containsKey(text))
                .forEach(text -> unexpected.add(conversation.chat() + " \"" + text + "\""));
        order(conversation, telephone);
    }

    private void classify(Held.Conversation conversation, Held.Bubble bubble) {
        String what = conversation.chat() + " \"" + bubble.text() + "\" " + bubble.id();
        switch (bubble.status()) {
            case "planned", "sending" -> open.add(what + " is " + bubble.status());
            case "failed" -> missing.add(what + " failed: " + bubble.failure());
            case "superseded" -> {
                superseded.add(what + ": " + bubble.failure());
                if ("reply_failed".equals(bubble.failure())) {
                    missing.add(what + " dropped: " + bubble.failure());
                }
            }
            default -> sent += bubble.sent() ? 1 : 0;
        }
    }

    private void count(Held.Conversation conversation, String text, List<Held.Bubble> bubbles, long shown) {
        long certain = bubbles.stream().filter(Held.Bubble::sent).count();
        long most = certain
                + bubbles.stream()
                        .mapToLong(bubble -> doubt(conversation, bubble))
                        .sum();
        String what =
                conversation.chat() + " \"" + text + "\" " + bubbles.getFirst().id();
        if (shown < certain) {
            missing.add(what + " sent " + certain + " times, on the telephone " + shown + " times");
        } else if (shown > most && certain > 0 || shown > 1 && shown > most) {
            twice.add(what + " sent " + certain + " times, on the telephone " + shown + " times");
        } else if (shown > most) {
            unexpected.add(what + " is " + bubbles.getFirst().status() + ", and on the telephone");
        }
    }

    /** How often more than the database is sure of it may be on the telephone. */
    private static long doubt(Held.Conversation conversation, Held.Bubble bubble) {
        long repeats = isRepeated(conversation, bubble) ? bubble.attempts() - 1L : 0;
        return (bubble.unknown() ? 1 : 0) + repeats;
    }

    /** Telegram cannot be asked whether it has a text: an interrupted one is sent once more. */
    static boolean isRepeated(Held.Conversation conversation, Held.Bubble bubble) {
        return conversation.chat().channel().equals("telegram") && bubble.attempts() > 1;
    }

    // The k-th bubble of a text on the telephone is the k-th of that text that was sent. What is in doubt has no place,
    // nor have bubbles of the same words (a courtesy line is always the same), nor what the provider held until the
    // call had been given up.
    private void order(Held.Conversation conversation, List<Outside.Arrived> telephone) {
        Set<String> inDoubt = conversation.bubbles().stream()
                .filter(bubble -> bubble.unknown() || bubble.attempts() > 1)
                .map(Held.Bubble::text)
                .collect(Collectors.toSet());
        Map<String, Deque<Integer>> places = new HashMap<>();
        for (int i = 0; i < conversation.bubbles().size(); i++) {
            Held.Bubble bubble = conversation.bubbles().get(i);
            if (bubble.sent() && !inDoubt.contains(bubble.text())) {
                places.computeIfAbsent(bubble.text(), any -> new ArrayDeque<>()).add(i);
            }
        }
        int last = -1;
        for (Outside.Arrived one : telephone) {
            Integer place = places.getOrDefault(one.text(), new ArrayDeque<>()).poll();
            if (place != null && isHeld(conversation.bubbles().get(place), one)) {
                late.add(one.chat() + " \"" + one.text() + "\"");
            } else if (place != null && place < last) {
                outOfOrder.add(one.chat() + " \"" + one.text() + "\" came after a later one");
            } else if (place != null) {
                last = place;
            }
        }
        telephone.forEach(one -> afterItsLease(conversation, one));
    }

    private boolean isHeld(Held.Bubble bubble, Outside.Arrived one) {
        return bubble.called() != null && blame.wasHeld(bubble, one);
    }

    // A sender that stood still and then wrote what was a successor's by then, whatever became of the bubble.
    private void afterItsLease(Held.Conversation conversation, Outside.Arrived one) {
        conversation.bubbles().stream()
                .filter(bubble -> bubble.text().equals(one.text()) && bubble.called() != null)
                .max(Comparator.comparing(blame::deadline))
                .filter(bubble -> one.at().isAfter(blame.deadline(bubble)) && !blame.wasHeld(bubble, one))
                .ifPresent(bubble -> outOfOrder.add(String.format(
                        Locale.ROOT,
                        "%s \"%s\" was written after its lease, %.1f s after its first call was allowed and %.1f s after the last could be"
                                + " on the wire",
                        one.chat(),
                        one.text(),
                        Duration.between(bubble.called(), one.at()).toMillis() / 1000.0,
                        Duration.between(blame.deadline(bubble), one.at()).toMillis() / 1000.0)));
    }
}
