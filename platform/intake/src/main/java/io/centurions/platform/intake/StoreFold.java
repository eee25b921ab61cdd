package io.centurions.platform.intake;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stores a fold and answers each caller in it. A refused fold is halved until who is to blame stands alone; that one is stored item by item,
 * and what can never be stored of it is said so, with the webhook parked.
 */
final class StoreFold {

    private static final int TRIES = 5;

    private final StoreTogether store;
    private final Consumer<Webhook> park;

    /** @param park keeps a webhook for a person, in a transaction of its own */
    StoreFold(StoreTogether store, Consumer<Webhook> park) {
        this.store = store;
        this.park = park;
    }

    /** When it returns, every caller is answered. */
    void store(List<Waiting> fold) {
        try {
            answer(fold, store.store(fold));
        } catch (RuntimeException failure) {
            refused(fold, failure);
        }
    }

    private void refused(List<Waiting> fold, RuntimeException failure) {
        Refusal refusal = Refusal.of(failure);
        if (refusal == Refusal.AWAY) {
            fold.forEach(waiting -> waiting.fail(failure));
        } else if (fold.size() == 1) {
            alone(fold.getFirst(), refusal, failure);
        } else if (refusal == Refusal.STUCK) {
            // At the same time: the others must not stand in line behind the one that has to wait for the row.
            fold.forEach(waiting -> Thread.ofVirtual().name("intake-alone").start(() -> store(List.of(waiting))));
        } else {
            store(fold.subList(0, fold.size() / 2));
            store(fold.subList(fold.size() / 2, fold.size()));
        }
    }

    private void alone(Waiting waiting, Refusal refusal, RuntimeException failure) {
        try {
            if (refusal == Refusal.STUCK || refusal == Refusal.OTHER) {
                throw failure;
            }
            waiting.answer(itemByItem(waiting));
        } catch (RuntimeException still) {
            waiting.fail(still);
        }
    }

    // The webhook itself comes last: whether it is applied or parked is known only then. Who dies in between is told
    // all of it again.
    private List<Outcome> itemByItem(Waiting waiting) {
        List<Outcome> outcomes = new ArrayList<>(waiting.items().size());
        Webhook webhook = waiting.webhook();
        for (String item : waiting.items()) {
            outcomes.add(single(new Waiting(webhook.unkept(), List.of(item))));
        }
        if (outcomes.stream().anyMatch(Outcome::unstorable)) {
            park.accept(webhook);
        } else if (webhook.body() != null) {
            store.store(List.of(new Waiting(webhook, List.of())));
        }
        return outcomes;
    }

    private Outcome single(Waiting item) {
        RuntimeException last = null;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                return store.store(List.of(item)).getFirst();
            } catch (RuntimeException failure) {
                last = failure;
                switch (Refusal.of(failure)) {
                    case NEVER -> {
                        return Outcome.never();
                    }
                    case OVERTAKEN, DEADLOCK -> {}
                    default -> throw failure;
                }
            }
        }
        if (Refusal.of(last) == Refusal.OVERTAKEN) {
            return Outcome.never();
        }
        throw new DatabaseUnavailable("lost a race for the same rows " + TRIES + " times", last);
    }

    private static void answer(List<Waiting> fold, List<Outcome> outcomes) {
        int items = 0;
        for (Waiting waiting : fold) {
            items += waiting.items().size();
        }
        if (outcomes.size() != items) {
            throw new IllegalStateException(items + " items were stored, " + outcomes.size() + " outcomes came back");
        }
        int from = 0;
        for (Waiting waiting : fold) {
            int to = from + waiting.items().size();
            waiting.answer(List.copyOf(outcomes.subList(from, to)));
            from = to;
        }
    }
}
