package io.centurions.runtime.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/**
 * Claims work from PostgreSQL and runs each piece on its own virtual thread, never more than a set number at once.
 *
 * <p>It claims when woken, and at the latest after the poll interval, so a lost wake costs one interval. A failed claim is
 * repeated after a second; a failed piece is left to its lease. {@link #stop} claims nothing more and waits for what runs.
 */
public final class ClaimLoop<T> {

    private static final Logger LOG = Logger.getLogger(ClaimLoop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final String name;
    private final int most;
    private final Duration poll;
    private final IntFunction<List<T>> claim;
    private final Consumer<T> work;
    private final Semaphore free;
    private final Bell bell = new Bell();
    private volatile boolean stopping;
    private Thread thread;

    /**
     * @param claim takes at most the given number of pieces
     * @param work  runs one piece; throwing leaves it to its lease
     */
    public ClaimLoop(String name, int most, Duration poll, IntFunction<List<T>> claim, Consumer<T> work) {
        this.name = name;
        this.most = most;
        this.poll = poll;
        this.claim = claim;
        this.work = work;
        this.free = new Semaphore(most);
    }

    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).start(this::run);
        }
    }

    /** There may be work now. */
    public void wake() {
        bell.ring();
    }

    /** There will be work after {@code delay}. */
    public void wakeIn(Duration delay) {
        bell.ringIn(delay);
    }

    /** True once {@link #stop} was called: a long piece may end early where it can be taken up again. */
    public boolean stopping() {
        return stopping;
    }

    /** Claims nothing more; returns when the running pieces have ended or {@code grace} is over. */
    public void stop(Duration grace) {
        stopping = true;
        bell.ring();
        try {
            if (!free.tryAcquire(most, grace.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf(
                        "%s stops with %d pieces still running; their leases hand them over",
                        name, most - free.availablePermits());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration wait = Duration.ZERO;
        while (!stopping) {
            try {
                bell.await(wait);
                wait = stopping ? poll : claimOnce();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                LOG.warnf("%s could not claim, will retry: %s", name, Failures.place(failure));
                wait = AFTER_FAILURE;
            }
        }
    }

    // More may be waiting when everything asked for was got: then there is no pause before the next claim.
    private Duration claimOnce() throws InterruptedException {
        free.acquire();
        free.release();
        int room = free.availablePermits();
        // Asked again: waiting for a free place may have taken until the end.
        List<T> pieces = room == 0 || stopping ? List.of() : claim.apply(room);
        for (T piece : pieces) {
            free.acquire();
            Thread.ofVirtual().name(name + "-piece").start(() -> runPiece(piece));
        }
        return !pieces.isEmpty() && pieces.size() == room ? Duration.ZERO : poll;
    }

    private void runPiece(T piece) {
        try {
            work.accept(piece);
        } catch (RuntimeException failure) {
            LOG.warnf("%s left a piece to its lease: %s", name, Failures.place(failure));
            LOG.debug("the failure in full", failure);
        } finally {
            free.release();
            bell.ring();
        }
    }
}
