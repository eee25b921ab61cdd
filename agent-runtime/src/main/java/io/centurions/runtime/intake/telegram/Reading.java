package io.centurions.runtime.intake.telegram;

import io.centurions.runtime.intake.Incoming;
import java.util.List;

/**
 * What was understood of one update.
 *
 * @param items   what is to be stored
 * @param ignored why each of the other parts was left out, as values of a counter's label
 */
record Reading(List<Incoming> items, List<String> ignored) {

    Reading {
        items = List.copyOf(items);
        ignored = List.copyOf(ignored);
    }
}
