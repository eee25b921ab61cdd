package io.centurions.platform.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets callers that come at the same time share a statement: while one is on its way the next ones collect, and whoever comes when it is quiet
 * is served at once. Another statement goes beside it when half of what a fold takes has collected or when it is slow, as it may wait for a row or
 * for a disk; with few to serve two would only meet each other's locks and share its core. No caller runs another's statement, so none can take it
 * along when it gives up.
 */
class Fold {

    // Large ones go alone, and hold up few: their text is built one after the other, never for a whole fold at once.
    private static final int MOST_CHARACTERS = 256 * 1024;

    private final Consumer<List<Waiting>> store;
    private final int mostStatements;
    private final int mostWebhooks;
    private final int mostItems;
    private final Duration slow;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> collected = new ArrayDeque<>();
    private final List<Drain> underWay = new ArrayList<>();
    private int collectedItems;
    private long collectedCharacters;

    /**
     * @param store answers every webhook that it is given
     * @param slow  after which a statement is not waited for by those who came later
     */
    Fold(Consumer<List<Waiting>> store, int mostStatements, int mostWebhooks, int mostItems, Duration slow) {
        this.store = store;
        this.mostStatements = mostStatements;
        this.mostWebhooks = mostWebhooks;
        this.mostItems = mostItems;
        this.slow = slow;
        if (slow.toMillis() < 1) {
            throw new IllegalArgumentException("centurions.intake.slow must be a millisecond or more, was " + slow);
        }
    }

    /** Waits on the calling thread until the webhook is stored, or is not. */
    List<Outcome> store(Waiting waiting) {
        join(waiting);
        serveIfWanted();
        return waiting.await(slow, this::serveIfWanted);
    }

    private void join(Waiting waiting) {
        lock.lock();
        try {
            collected.add(waiting);
            collectedItems += waiting.items().size();
            collectedCharacters += waiting.length();
        } finally {
            lock.unlock();
        }
    }

    private void serveIfWanted() {
        Drain drain = another();
        if (drain != null) {
            try {
                begin(drain);
            } catch (RuntimeException | Error e) {
                abandoned(drain).forEach(left -> left.fail(e));
            }
        }
    }

    /** On a thread of its own. */
    void begin(Runnable drain) {
        Thread.ofVirtual().name("intake-fold").start(drain);
    }

    /** Who would wait for a drain that could not begin; another one that is on its way serves them. */
    private List<Waiting> abandoned(Drain drain) {
        lock.lock();
        try {
            underWay.remove(drain);
            if (!underWay.isEmpty()) {
                return List.of();
            }
            List<Waiting> left = List.copyOf(collected);
            collected.clear();
            collectedItems = 0;
            collectedCharacters = 0;
            return left;
        } finally {
            lock.unlock();
        }
    }

    private Drain another() {
        lock.lock();
        try {
            if (underWay.size() == mostStatements || !isWantedBesideOthers(null)) {
                return null;
            }
            Drain drain = new Drain();
            underWay.add(drain);
            return drain;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWantedBesideOthers(Drain itself) {
        return !collected.isEmpty() && (isHalfFull() || allAreSlow(itself));
    }

    private boolean allAreSlow(Drain butThis) {
        long now = System.nanoTime();
        for (Drain each : underWay) {
            if (each != butThis && now - each.began <= slow.toNanos()) {
                return false;
            }
        }
        return true;
    }

    private boolean isHalfFull() {
        return collected.size() >= mostWebhooks / 2
                || collectedItems >= mostItems / 2
                || collectedCharacters >= MOST_CHARACTERS / 2;
    }

    /** What is stored next by it; nothing when it is not wanted any more, and then it is over. */
    private List<Waiting> next(Drain drain) {
        lock.lock();
        try {
            if (!isWantedBesideOthers(drain)) {
                underWay.remove(drain);
                return List.of();
            }
            drain.began = System.nanoTime();
            return collectedFold();
        } finally {
            lock.unlock();
        }
    }

    private List<Waiting> collectedFold() {
        List<Waiting> fold = new ArrayList<>(Math.min(mostWebhooks, collected.size()));
        int items = 0;
        long characters = 0;
        while (!collected.isEmpty() && fold.size() < mostWebhooks) {
            Waiting first = collected.peek();
            items += first.items().size();
            characters += first.length();
            if (!fold.isEmpty() && (items > mostItems || characters > MOST_CHARACTERS)) {
                break;
            }
            fold.add(collected.poll());
            collectedItems -= first.items().size();
            collectedCharacters -= first.length();
        }
        return fold;
    }

    /** One fold after the other, while they are wanted. */
    private final class Drain implements Runnable {

        // Of the fold that is on its way; under the lock.
        private long began = System.nanoTime();

        @Override
        public void run() {
            for (List<Waiting> fold = next(this); !fold.isEmpty(); fold = next(this)) {
                try {
                    store.accept(fold);
                } catch (RuntimeException | Error e) {
                    // Whatever it is: nobody may wait for ever, and the next fold is not to blame.
                    List<Waiting> failed = fold;
                    failed.forEach(waiting -> waiting.fail(e));
                }
            }
        }
    }
}
