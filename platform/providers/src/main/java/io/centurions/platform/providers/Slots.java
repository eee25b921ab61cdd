package io.centurions.platform.providers;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bulkhead: so many at once, and so many more that wait a limited time, in order. Ours, because the library's either refuses at
 * once or waits without a limit.
 */
final class Slots {

    private final Semaphore free;
    private final int size;
    private final int waitingMost;
    private final AtomicInteger waiting = new AtomicInteger();

    Slots(int size, int waitingMost) {
        this.size = size;
        this.waitingMost = waitingMost;
        this.free = new Semaphore(size, true);
    }

    /** @return false when there was no place in time, or too many wait already */
    boolean enter(long longestNanos) {
        if (waiting.get() == 0 && free.tryAcquire()) {
            return true;
        }
        if (longestNanos <= 0) {
            return false;
        }
        if (waiting.incrementAndGet() > waitingMost) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            return free.tryAcquire(longestNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        free.release();
    }

    /** True while nobody is inside. */
    boolean isEmpty() {
        return waiting.get() == 0 && free.availablePermits() == size;
    }
}
