package io.centurions.runtime.intake;

import java.util.List;

/**
 * What an adapter understood of one body.
 *
 * @param items   what is to be stored
 * @param ignored why each of the other parts was left out, as values of a counter's label
 */
public record Reading<T>(List<T> items, List<String> ignored) {
    public Reading {
        items = List.copyOf(items);
        ignored = List.copyOf(ignored);
    }
}
