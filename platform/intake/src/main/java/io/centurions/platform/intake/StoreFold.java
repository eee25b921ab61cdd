package io.centurions.platform.intake;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Stores a fold and answers each caller in it. A refused fold is halved until who is to blame stands alone;
 * that one is stored item by item, and what can never be stored of it is said so, each such item parked by
 * itself: what had its effect is kept apart from what waits for one. A fold that met a held row is taken apart at once.
 */
final class StoreFold {

    /** Each as long as a statement waits for a row ({@code lock_timeout} of the storing function). */
    private static final int LOOKS = 4;

    /** Of those who wait for a place to look: providers wait for an answer no longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StoreTogether store;
    private final Consumer<Webhook> park;
    private final HeldUp heldUp;

    /** @param park keeps a webhook for a person, in a transaction of its own */
    StoreFold(StoreTogether store, Consumer<Webhook> park, HeldUp heldUp) {
        this.store = store;
        this.park = park;
        this.heldUp = heldUp;
    }

    /** Answers every caller; those who may have to wait for a row later, each on a thread of its own. */
    void store(List<Waiting> fold) {
        List<Waiting> together = new ArrayList<>(fold.size());
        for (Waiting waiting : fold) {
            if (heldUp.contains(waiting.company())) {
                beside(waiting);
            } else {
                together.add(waiting);
            }
        }
        if (!together.isEmpty()) {
            storeTogether(together);
        }
    }

    private void storeTogether(List<Waiting> fold) {
        try {
            answer(fold, store.store(fold));
        } catch (RuntimeException failure) {
            refused(fold, failure);
        }
    }

    private static boolean ofOneCompany(List<Waiting> fold) {
        return fold.stream().map(Waiting::company).distinct().limit(2).count() == 1;
    }

    private void refused(List<Waiting> fold, RuntimeException failure) {
        Refusal refusal = Refusal.of(failure);
        if (refusal == Refusal.AWAY) {
            fold.forEach(waiting -> waiting.fail(failure));
        } else if (refusal == Refusal.STUCK) {
            // At the same time: the others must not stand in line behind the one that has to wait
            // for the row.
            if (ofOneCompany(fold)) {
                heldUp.add(fold.getFirst().company());
            }
            fold.forEach(this::beside);
        } else if (fold.size() == 1) {
            alone(fold.getFirst(), refusal, failure);
        } else {
            store(fold.subList(0, fold.size() / 2));
            store(fold.subList(fold.size() / 2, fold.size()));
        }
    }

    private void beside(Waiting waiting) {
        Thread.ofVirtual().name("intake-apart").start(() -> storeApart(waiting));
    }

    /** One that may need a row that is held, without anybody else's. When it returns, its caller is answered. */
    void storeApart(Waiting waiting) {
        try {
            RuntimeException stuck = null;
            for (int look = 0; look < LOOKS; look++) {
                stuck = look(waiting);
                if (stuck == null) {
                    return;
                }
            }
            waiting.fail(stuck);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting.fail(new DatabaseUnavailable("stopped waiting for a row", e));
        } catch (RuntimeException | Error e) {
            // Whatever it is: nobody may wait for ever.
            waiting.fail(e);
        }
    }

    /** @return null when its caller is answered */
    private RuntimeException look(Waiting waiting) throws InterruptedException {
        CompanyId company = waiting.company();
        if (!heldUp.enter(company, waiting.left(PATIENCE))) {
            throw new DatabaseUnavailable("others of its company wait for a row", null);
        }
        try {
            answer(List.of(waiting), store.storeInLine(waiting));
            return null;
        } catch (RuntimeException failure) {
            if (Refusal.of(failure) == Refusal.STUCK) {
                heldUp.add(company);
                return failure;
            }
            refused(List.of(waiting), failure);
            return null;
        } finally {
            heldUp.leave(company);
        }
    }

    private void alone(Waiting waiting, Refusal refusal, RuntimeException failure) {
        try {
            if (refusal == Refusal.OTHER) {
                throw failure;
            }
            waiting.answer(itemByItem(waiting));
        } catch (RuntimeException still) {
            waiting.fail(still);
        }
    }

    // The webhook itself comes last: whether it is applied or parked is known only then. Who dies in between
    // is told all of it again.
    private List<Outcome> itemByItem(Waiting waiting) {
        List<Outcome> outcomes = new ArrayList<>(waiting.items().size());
        Webhook webhook = waiting.webhook();
        for (String item : waiting.items()) {
            List<Waiting> single = List.of(new Waiting(webhook.unkept(), List.of(item)));
            outcomes.add(Tries.of(() -> store.store(single).getFirst(), Outcome.never()));
        }
        keep(webhook, outcomes);
        return outcomes;
    }

    private void keep(Webhook webhook, List<Outcome> outcomes) {
        IntPredicate refused = place -> outcomes.get(place).unstorable();
        int[] places = IntStream.range(0, outcomes.size()).filter(refused).toArray();
        if (places.length < outcomes.size() && webhook.body() != null) {
            Webhook applied = places.length == 0 ? webhook : webhook.only(refused.negate());
            store.store(List.of(new Waiting(applied, List.of())));
        }
        for (int place : places) {
            park.accept(outcomes.size() == 1 ? webhook : webhook.only(at -> at == place));
        }
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
