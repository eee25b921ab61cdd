package io.centurions.chaos.load;

import io.centurions.chaos.judge.Mark;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** What one lead has seen on the telephone so far. Thread-safe. */
final class LeadChat {

    private static final long LOOK_UP_MS = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int bubbles;
    private long answeredTo;

    void arrived(String text) {
        lock.lock();
        try {
            bubbles++;
            Mark.in(text).filter(Mark::isLast).ifPresent(mark -> answeredTo = Math.max(answeredTo, mark.to()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int bubbles() {
        lock.lock();
        try {
            return bubbles;
        } finally {
            lock.unlock();
        }
    }

    /** Until the whole answer to the lead's first {@code written} messages is there, or one gives up. */
    boolean awaitAnswer(long written, Duration limit, BooleanSupplier givenUp) {
        return await(() -> answeredTo >= written, limit, givenUp);
    }

    /** Until there are more bubbles than so many, or one gives up. */
    boolean awaitMoreThan(int count, Duration limit, BooleanSupplier givenUp) {
        return await(() -> bubbles > count, limit, givenUp);
    }

    private boolean await(BooleanSupplier there, Duration limit, BooleanSupplier givenUp) {
        long end = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (!there.getAsBoolean() && System.nanoTime() < end && !givenUp.getAsBoolean()) {
                if (changed.await(LOOK_UP_MS, TimeUnit.MILLISECONDS)) {
                    continue;
                }
            }
            return there.getAsBoolean();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
