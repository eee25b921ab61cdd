package io.centurions.platform.loops;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;
import org.jboss.logmanager.MDC;

/**
 * Claims work from PostgreSQL and runs each piece on its own virtual thread, never more than a set number at once, and gently at
 * first ({@link Room}).
 *
 * <p>It claims when woken, when the last claim said that more will be due, and at the latest after the poll interval, so a
 * lost wake costs one interval; wakes within 5 ms of a claim that found too little are answered by one look. A
 * failed claim is repeated after a second, whatever it failed with; a failed piece is left to its lease.
 * {@link #stop} claims nothing more and waits for what runs.
 */
public final class ClaimLoop<T> {

    private static final Logger LOG = Logger.getLogger(ClaimLoop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    /** After a claim that found less than it asked for: what is rung for meanwhile is found by one look. */
    private static final Duration BREATH = Duration.ofMillis(5);

    private final String name;
    private final int most;
    private final Duration poll;
    private final IntFunction<Claim<T>> claim;
    private final Consumer<T> work;
    private final Room room;
    private final Bell bell = new Bell();
    private final Closing closing = new Closing();
    private Function<T, Map<String, String>> names = piece -> Map.of();
    private LoopMeters meters;
    private String runbook;
    private int batch;
    private boolean endsRing = true;
    private Thread thread;
    private long closedAt;

    /**
     * @param claim takes at most the given number of pieces
     * @param work  runs one piece; throwing leaves it to its lease
     */
    public ClaimLoop(String name, int most, Duration poll, IntFunction<Claim<T>> claim, Consumer<T> work) {
        this.name = name;
        this.most = most;
        this.poll = poll;
        this.claim = claim;
        this.work = work;
        this.room = new Room(most);
        this.batch = most;
        this.meters = new LoopMeters(new CompositeMeterRegistry(), name, room);
    }

    /** Counts what this loop does. Before {@link #start}, as everything that shapes a loop. */
    public ClaimLoop<T> metered(MeterRegistry registry) {
        this.meters = new LoopMeters(registry, name, room);
        return this;
    }

    /** Names under which a piece stands in every log line of its thread, this loop's own included. */
    public ClaimLoop<T> naming(Function<T, Map<String, String>> logNames) {
        this.names = logNames;
        return this;
    }

    /** Asks for no more than this at once, so that no single claim is long and other replicas get their part. */
    public ClaimLoop<T> inBatchesOf(int pieces) {
        this.batch = Math.min(pieces, most);
        return this;
    }

    /** For work of which a piece's end makes none claimable that was not before: then an end causes no look. */
    public ClaimLoop<T> endsBringNothing() {
        this.endsRing = false;
        return this;
    }

    /** What a person reads when a claim or a piece fails for another reason than an absent database. */
    public ClaimLoop<T> failingTo(String whatToRead) {
        this.runbook = whatToRead;
        return this;
    }

    /** Begins to claim; a second call changes nothing. */
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).start(this::run);
        }
    }

    /** There may be work now. */
    public void wake() {
        bell.ring();
    }

    /** There is something to learn that matters only after {@code most}: any look until then has learnt it too. */
    public void wakeWithin(Duration most) {
        bell.ringWithin(most);
    }

    /** There will be work after {@code delay}. */
    public void wakeIn(Duration delay) {
        bell.ringIn(delay);
    }

    /** By which a long piece learns that it should end early, where it can be taken up again. */
    public Closing closing() {
        return closing;
    }

    /** Claims nothing more and tells the running pieces; returns at once. */
    public synchronized void close() {
        if (!closing.hasBegun()) {
            closedAt = System.nanoTime();
        }
        closing.begin();
        bell.ring();
    }

    /**
     * Claims nothing more; returns when a claim under way and the running pieces have ended, or {@code grace} after the
     * first {@link #close}: no piece began later, and what others waited meanwhile is not waited again.
     */
    public void stop(Duration grace) {
        close();
        Duration left = grace.minusNanos(System.nanoTime() - closedAt);
        try {
            if (!room.awaitEmpty(ShutdownDeadline.atMost(left).toNanos())) {
                tellLeft(meters.running());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // A claim holds every free place while the database is silent: those are no pieces.
    private void tellLeft(int running) {
        String claiming = room.taken() > running ? " and a claim under way" : "";
        LOG.warnf("%s stops with %d pieces still running%s; leases hand over what is claimed", name, running, claiming);
    }

    private void run() {
        Duration wait = Duration.ZERO;
        while (!closing.hasBegun()) {
            try {
                bell.await(wait);
                wait = closing.hasBegun() ? poll : claimOnce();
                if (!wait.isZero()) {
                    closing.beginsWithin(BREATH);
                    wait = wait.compareTo(BREATH) > 0 ? wait.minus(BREATH) : Duration.ZERO;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error failure) {
                // An Error too: without this loop nothing is done any more, and nothing would tell.
                meters.claimFailed();
                tell(name + " could not claim, will retry", failure);
                wait = AFTER_FAILURE;
            }
        }
    }

    // More may be waiting when everything asked for was got: then there is no pause before the next claim.
    private Duration claimOnce() throws InterruptedException {
        int taken = room.takeAll();
        int unused = taken;
        try {
            int wanted = Math.min(taken, batch);
            // Asked again: waiting for a free place may have taken until the end.
            if (closing.hasBegun()) {
                return poll;
            }
            Claim<T> brought = meters.claimed(() -> claim.apply(wanted));
            for (T piece : brought.pieces()) {
                meters.began();
                long claimedAt = System.nanoTime();
                Thread.ofVirtual().name(name + "-piece").start(() -> {
                    room.began(System.nanoTime() - claimedAt);
                    runPiece(piece);
                });
                unused--;
            }
            return brought.pieces().size() == wanted ? Duration.ZERO : untilNext(brought);
        } finally {
            room.giveBack(unused);
        }
    }

    private Duration untilNext(Claim<T> brought) {
        return brought.next() == null || brought.next().compareTo(poll) > 0 ? poll : brought.next();
    }

    private void runPiece(T piece) {
        Map<String, String> logNames = Map.of();
        boolean failed = true;
        try {
            logNames = names.apply(piece);
            logNames.forEach(MDC::put);
            work.accept(piece);
            failed = false;
        } catch (RuntimeException | Error failure) {
            tell(name + " left a piece to its lease", failure);
        } finally {
            logNames.keySet().forEach(MDC::remove);
            meters.ended(failed);
            room.ended();
            if (endsRing) {
                bell.ring();
            }
        }
    }

    private void tell(String what, Throwable failure) {
        if (ShutdownDeadline.isOver()) {
            LOG.infof("%s, for the process has ended: %s", what, Failures.place(failure));
        } else if (runbook == null || failure instanceof DatabaseUnavailable) {
            LOG.warnf("%s: %s", what, Failures.place(failure));
        } else {
            LOG.errorf("%s: %s; %s", what, Failures.place(failure), runbook);
        }
        LOG.debug("the failure in full", failure);
    }
}
