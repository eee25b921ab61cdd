package io.centurions.platform.loops;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The places of a loop's pieces: one at first, one more with each piece that begins without delay and with each that ends, up to the
 * most. A process that has just started loads classes, compiles and connects with the first few, and where threads already wait for a
 * core it takes no more: begun all at once, calls to providers would be given up while their answers wait to be read.
 */
final class Room {

    /** How long a thread waits for a core at most where there is time for more. */
    private static final long PROMPT_NANOS = Duration.ofMillis(50).toNanos();

    private final int most;
    private final Semaphore free = new Semaphore(1);
    private int places = 1;
    private boolean closed;

    Room(int most) {
        this.most = most;
    }

    /** Waits for a free place and takes all that there are. */
    int takeAll() throws InterruptedException {
        free.acquire();
        return 1 + free.drainPermits();
    }

    void giveBack(int taken) {
        free.release(taken);
    }

    /** @param waitedNanos between its claim and its first instruction */
    void began(long waitedNanos) {
        if (waitedNanos < PROMPT_NANOS) {
            widen();
        }
    }

    void ended() {
        widen();
        free.release();
    }

    synchronized int places() {
        return places;
    }

    int taken() {
        return places() - free.availablePermits();
    }

    /** Grows no more, and waits until every place is free: whoever took some for a claim has given them back, too. */
    boolean awaitEmpty(long nanos) throws InterruptedException {
        int all = close();
        if (!free.tryAcquire(all, nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        free.release(all);
        return true;
    }

    private synchronized int close() {
        closed = true;
        return places;
    }

    private synchronized void widen() {
        if (!closed && places < most) {
            places++;
            free.release();
        }
    }
}
