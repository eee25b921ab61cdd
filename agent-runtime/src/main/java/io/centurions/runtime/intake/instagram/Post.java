package io.centurions.runtime.intake.instagram;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was understood of one body.
 *
 * @param items   what is to be stored
 * @param strange what may be somebody's words, but cannot be read
 * @param ignored why each of the other parts was left out, as values of a counter's label
 */
record Post(List<Addressed> items, List<Strange> strange, List<String> ignored) {

    Post {
        items = List.copyOf(items);
        strange = List.copyOf(strange);
        ignored = List.copyOf(ignored);
    }

    /** What is to be kept elsewhere than in the body as it came. */
    List<Update> updates() {
        return Stream.<Update>concat(items.stream(), strange.stream()).toList();
    }

    /** All that are named in it. */
    Set<String> accounts() {
        return updates().stream().flatMap(update -> update.accounts().stream()).collect(Collectors.toSet());
    }
}
