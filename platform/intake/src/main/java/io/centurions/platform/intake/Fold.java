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
 * is served at once. Another statement goes beside it when half a fold has collected or when it is slow, as it may wait for a row or for a
 * disk; with few to serve two would only meet each other's locks and share its core. No caller runs another's statement, so none can take it
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
    private int underWay;
    private long lastBegan;

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
    }

    /** Waits on the calling thread until the webhook is stored, or is not. */
    List<Outcome> store(Waiting waiting) {
        if (joins(waiting)) {
            serve();
        }
        return waiting.await(slow, () -> {
            if (overtakes()) {
                serve();
            }
        });
    }

    private void serve() {
        try {
            begin(this::drain);
        } catch (RuntimeException | Error e) {
            abandoned().forEach(left -> left.fail(e));
        }
    }

    /** On a thread of its own. */
    void begin(Runnable drain) {
        Thread.ofVirtual().name("intake-fold").start(drain);
    }

    /** Who would wait for a drain that could not begin; another one that is on its way serves them. */
    private List<Waiting> abandoned() {
        lock.lock();
        try {
            underWay--;
            if (underWay > 0) {
                return List.of();
            }
            List<Waiting> left = List.copyOf(collected);
            collected.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a statement is to begin for who has collected. */
    private boolean joins(Waiting waiting) {
        lock.lock();
        try {
            collected.add(waiting);
            return takesPlace();
        } finally {
            lock.unlock();
        }
    }

    private boolean overtakes() {
        lock.lock();
        try {
            return !collected.isEmpty() && takesPlace();
        } finally {
            lock.unlock();
        }
    }

    private boolean takesPlace() {
        long now = System.nanoTime();
        boolean wanted = underWay == 0 || collected.size() >= mostWebhooks / 2 || now - lastBegan > slow.toNanos();
        if (!wanted || underWay == mostStatements) {
            return false;
        }
        underWay++;
        lastBegan = now;
        return true;
    }

    private void drain() {
        for (List<Waiting> fold = next(); !fold.isEmpty(); fold = next()) {
            try {
                store.accept(fold);
            } catch (RuntimeException | Error e) {
                // Whatever it is: nobody may wait for ever, and the next fold is not to blame.
                List<Waiting> failed = fold;
                failed.forEach(waiting -> waiting.fail(e));
            }
        }
    }

    /** What is stored next; nothing when nobody waits, and then this drain is over. */
    private List<Waiting> next() {
        lock.lock();
        try {
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
            }
            if (fold.isEmpty()) {
                underWay--;
            } else {
                lastBegan = System.nanoTime();
            }
            return fold;
        } finally {
            lock.unlock();
        }
    }
}
