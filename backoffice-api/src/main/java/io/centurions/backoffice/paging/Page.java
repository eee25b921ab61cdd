package io.centurions.backoffice.paging;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items      in the order of the list
 * @param nextCursor asks for what follows; null when nothing does
 */
public record Page<T>(List<T> items, String nextCursor) {

    /**
     * @param found one more than was asked for, where there is more
     * @param id    what the list is ordered by
     */
    public static <T> Page<T> of(List<T> found, PageAsk ask, Function<T, UUID> id) {
        if (found.size() <= ask.limit) {
            return new Page<>(found, null);
        }
        List<T> items = List.copyOf(found.subList(0, ask.limit));
        return new Page<>(items, id.apply(items.getLast()).toString());
    }
}
