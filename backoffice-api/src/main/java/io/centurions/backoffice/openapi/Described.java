package io.centurions.backoffice.openapi;

import java.util.List;
import java.util.Set;

/**
 * What {@code operations.txt} says of an endpoint.
 *
 * @param tag      the part of the document that it stands in
 * @param id       its name in generated clients
 * @param answers  statuses when it does what was asked; of two, the second says that it was there already
 * @param marks    tag, replay, later, loose, again, bare, ends
 * @param summary  what it does
 * @param refusals codes beside those that follow from what else is known of it
 */
record Described(
        String tag, String id, List<String> answers, Set<String> marks, String summary, List<String> refusals) {

    /** A line below the heading of its part. */
    static Described of(String tag, String line) {
        List<String> columns = Written.columns(line, 5);
        List<String> answers = List.of(columns.get(3).split("\\+"));
        String[] words = columns.get(4).split("\\s+\\|\\s+", 2);
        return new Described(
                tag,
                columns.get(2),
                List.of(answers.getFirst().split("/")),
                Set.copyOf(answers.subList(1, answers.size())),
                words[0],
                words.length == 1 ? List.of() : List.of(words[1].split("\\s+")));
    }

    static String endpoint(String line) {
        List<String> columns = Written.columns(line, 5);
        return columns.get(0) + " " + columns.get(1);
    }

    /** The answer shows a version, which a change is made for. */
    boolean hasTag() {
        return marks.contains("tag");
    }

    /** The answer tells whether the key was used before. */
    boolean tellsReplay() {
        return marks.contains("replay");
    }

    /** The answer tells when to repeat what was not answered by whom it was asked of. */
    boolean tellsWhenToRepeat() {
        return marks.contains("later");
    }

    /** A change that is possible without saying what it is made for. */
    boolean isLoose() {
        return marks.contains("loose");
    }

    /** Repeating it is harmless by itself. */
    boolean isRepeatable() {
        return marks.contains("again");
    }

    /** Its body may be left out. */
    boolean isBare() {
        return marks.contains("bare");
    }

    /** Of a company, and done for an archived one too. */
    boolean endsSomething() {
        return marks.contains("ends");
    }

    /** It makes a thing with an address of its own. */
    boolean makesThing() {
        return answers.equals(List.of("201"));
    }
}
