package io.centurions.runtime.loop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;
import org.jboss.logmanager.MDC;

/**
 * Claims work from PostgreSQL and runs each piece on its own virtual thread, never more than a set number at once.
 *
 * <p>It claims when woken, and at the latest after the poll interval, so a lost wake costs one interval. A failed claim is
 * repeated after a second, whatever it failed with; a failed piece is left to its lease. {@link #stop} claims nothing more and
 * waits for what runs.
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
    private Function<T, Map<String, String>> names = piece -> Map.of();
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

    /** Names under which a piece stands in every log line of its thread, this loop's own included. Before {@link #start}. */
    public ClaimLoop<T> naming(Function<T, Map<String, String>> logNames) {
        this.names = logNames;
        return this;
    }

    /** Claims nothing more; returns when a claim under way and the running pieces have ended or {@code grace} is over. */
    public void stop(Duration grace) {
        stopping = true;
        bell.ring();
        try {
            // A claim under way holds the places that it claims for, so all of them are free only after it and its
            // pieces.
            if (free.tryAcquire(most, grace.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(most);
            } else {
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
            } catch (RuntimeException | Error failure) {
                // An Error too: without this loop nothing is done any more, and nothing would tell.
                LOG.warnf("%s could not claim, will retry: %s", name, Failures.place(failure));
                wait = AFTER_FAILURE;
            }
        }
    }

    // More may be waiting when everything asked for was got: then there is no pause before the next claim.
    private Duration claimOnce() throws InterruptedException {
        free.acquire();
        int room = 1 + free.drainPermits();
        int unused = room;
        try {
            // Asked again: waiting for a free place may have taken until the end.
            List<T> pieces = stopping ? List.of() : claim.apply(room);
            for (T piece : pieces) {
                Thread.ofVirtual().name(name + "-piece").start(() -> runPiece(piece));
                unused--;
            }
            return pieces.size() == room ? Duration.ZERO : poll;
        } finally {
            free.release(unused);
        }
    }

    private void runPiece(T piece) {
        Map<String, String> logNames = Map.of();
        try {
            logNames = names.apply(piece);
            logNames.forEach(MDC::put);
            work.accept(piece);
        } catch (RuntimeException | Error failure) {
            LOG.warnf("%s left a piece to its lease: %s", name, Failures.place(failure));
            LOG.debug("the failure in full", failure);
        } finally {
            logNames.keySet().forEach(MDC::remove);
            free.release();
            bell.ring();
        }
    }
}
