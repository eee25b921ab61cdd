package io.centurions.backoffice.setting;

import java.util.List;

/**
 * Something that is wrong with a configuration.
 *
 * @param pointer JSON pointer of the place, empty for the whole
 * @param message what is wrong with it, without quoting it
 */
public record Finding(String pointer, String message) {

    /** Findings of a part, seen from the whole. */
    public static List<Finding> under(String pointer, List<Finding> found) {
        return found.stream()
                .map(each -> new Finding(pointer + each.pointer(), each.message()))
                .toList();
    }

    /** The place as problems name fields: {@code steps[0].text}. */
    String field() {
        String dotted = pointer.replaceAll("/([0-9]+)(?=/|$)", "[$1]").replace('/', '.');
        return dotted.startsWith(".") ? dotted.substring(1) : dotted;
    }
}
