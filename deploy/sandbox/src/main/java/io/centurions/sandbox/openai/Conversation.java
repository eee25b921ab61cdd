package io.centurions.sandbox.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The history as the model is given it: who said what, the lead's messages with the numbers that precede them. */
final class Conversation {

    private static final Pattern NUMBERED =
            Pattern.compile("\\[#(\\d+)]\\s*(.*?)(?=\\s*\\[#\\d+]|\\z)", Pattern.DOTALL);

    private final List<Said> said;

    private Conversation(List<Said> said) {
        this.said = said;
    }

    static Conversation of(List<Said> said) {
        return new Conversation(said.stream()
                .filter(one -> one.is("user") || one.is("assistant"))
                .toList());
    }

    /** What the lead wrote first after the question had been asked word for word. */
    Optional<Heard> answerTo(String question) {
        String wanted = squeezed(question);
        boolean asked = false;
        for (Said one : said) {
            if (one.is("assistant")) {
                asked = asked || squeezed(one.text()).contains(wanted);
            } else if (asked) {
                Optional<Heard> first = heard(one).stream()
                        .filter(heard -> !heard.text().isBlank())
                        .findFirst();
                if (first.isPresent()) {
                    return first;
                }
            }
        }
        return Optional.empty();
    }

    /** One request message may carry a whole burst. */
    private static List<Heard> heard(Said message) {
        List<Heard> heard = new ArrayList<>();
        Matcher matcher = NUMBERED.matcher(message.text());
        while (matcher.find()) {
            heard.add(new Heard(Long.valueOf(matcher.group(1)), matcher.group(2).strip()));
        }
        return heard.isEmpty() ? List.of(new Heard(null, message.text().strip())) : heard;
    }

    /** Everything the lead wrote since the last answer. */
    String lastWords() {
        StringBuilder words = new StringBuilder();
        for (Said one : said.reversed()) {
            if (one.is("assistant")) {
                break;
            }
            words.append(one.text()).append('\n');
        }
        return words.toString();
    }

    /** Nothing was answered yet. */
    boolean isNew() {
        return said.stream().noneMatch(one -> one.is("assistant"));
    }

    /** The lead wrote nothing: the contact came by another way. */
    boolean isSilent() {
        return said.stream()
                .filter(one -> one.is("user"))
                .allMatch(one -> heard(one).stream().allMatch(heard -> heard.seq() == null));
    }

    long turns() {
        return said.stream().filter(one -> one.is("assistant")).count();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
