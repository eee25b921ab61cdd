package io.centurions.platform.testkit.cut;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the steps that come by at one server, and knows at which of them the next connection is to be cut. One for all
 * connections, so its numbers are those of the whole application.
 */
final class Steps {

    private final Map<String, Integer> begun = new ConcurrentHashMap<>();
    private final Map<String, Integer> found = new ConcurrentHashMap<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private Order order;

    /** @param left how many more of them come by before it is carried out */
    private record Order(String step, Moment moment, boolean found, int left) {}

    Map<String, Integer> begun() {
        return Map.copyOf(begun);
    }

    Map<String, Integer> found() {
        return Map.copyOf(found);
    }

    void forget() {
        begun.clear();
        found.clear();
    }

    int cuts() {
        return cuts.get();
    }

    /** @param words an order as {@link Cuts} writes it; empty: there is none any more */
    synchronized void order(List<String> words) {
        order = words.isEmpty()
                ? null
                : new Order(
                        words.get(0),
                        Moment.valueOf(words.get(1)),
                        Boolean.parseBoolean(words.get(2)),
                        Integer.parseInt(words.get(3)));
    }

    /** @return whether to cut before it */
    boolean begins(String step) {
        begun.merge(step, 1, Integer::sum);
        return isTheOne(step, Moment.BEFORE, false);
    }

    /** @return whether to cut instead of passing the answer on */
    boolean ends(String step, boolean something) {
        if (something) {
            found.merge(step, 1, Integer::sum);
        }
        return isTheOne(step, Moment.AFTER, something);
    }

    /** Whether an answer to this step may be the one that nobody is to hear. */
    synchronized boolean awaited(String step) {
        return order != null && order.moment == Moment.AFTER && order.step.equals(step);
    }

    private synchronized boolean isTheOne(String step, Moment moment, boolean something) {
        if (order == null || order.moment != moment || !order.step.equals(step) || order.found && !something) {
            return false;
        }
        boolean now = order.left <= 1;
        order = now ? null : new Order(step, moment, order.found, order.left - 1);
        if (now) {
            cuts.incrementAndGet();
        }
        return now;
    }
}
