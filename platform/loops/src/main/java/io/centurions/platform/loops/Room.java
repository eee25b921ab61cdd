package io.centurions.platform.loops;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The places of a loop's pieces: one at first, two more with each piece that begins without delay, one with each that ends and one for
 * each tenth of a second that the loop waits for a place, up to the most. A process that has just started loads classes, compiles and
 * connects with the first few; begun all at once, its calls to providers would be given up while it has no time for their answers. In
 * an idle one the places double with each claim, so a fair claim is soon one of many pieces again.
 */
final class Room {

    /** How long a thread waits for a core at most where there is time for more. */
    private static final long PROMPT_NANOS = Duration.ofMillis(50).toNanos();

    /** Pieces that hang must not keep the rest from beginning; a loop that gets no core itself does not come to it. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(100).toNanos();

    private final int most;
    private final Semaphore free = new Semaphore(1);
    private int places = 1;
    private boolean closed;

    Room(int most) {
        this.most = most;
    }

    /** Waits for a free place and takes all that there are. */
    int takeAll() throws InterruptedException {
        while (!free.tryAcquire(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
            widen(1);
        }
        return 1 + free.drainPermits();
    }

    void giveBack(int taken) {
        free.release(taken);
    }

    /** @param waitedNanos between its claim and its first instruction */
    void began(long waitedNanos) {
        if (waitedNanos < PROMPT_NANOS) {
            widen(2);
        }
    }

    void ended() {
        widen(1);
        free.release();
    }

    synchronized int places() {
        return places;
    }

    /** By pieces, and by a claim that is under way. */
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

    private synchronized void widen(int wanted) {
        int more = closed ? 0 : Math.min(wanted, most - places);
        places += more;
        free.release(more);
    }
}
