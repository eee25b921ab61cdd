package io.centurions.runtime.closure;

import io.centurions.platform.loops.Claim;
import io.centurions.platform.loops.ClaimLoop;
import io.centurions.platform.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The loop that claims bursts whose deadline has passed. The deadline in the row is the truth: each claim says when the next one
 * is, so the loop sleeps until then, and looks besides at every poll for words that other replicas have stored.
 *
 * <p>A stopping replica claims nothing more and gives back at once what it is thinking about; its own answer still counts if it
 * is committed before another replica has claimed the turn.
 */
@ApplicationScoped
class DueTurns {

    /** One claim is one short transaction; more that is due is claimed by the next. */
    private static final int BATCH = 32;

    /**
     * Turns that are being read from the database at once. A claim is fair to the companies, the line for a connection is not: what
     * a thousand turns of one company would put into it stands before another company's only turn.
     */
    private static final int BEGINNING = 2 * BATCH;

    /** Less than any quiet time worth having, and soon enough for one of nothing. */
    private static final Duration LEARN_WITHIN = Duration.ofMillis(20);

    private final ClosureConfig config;
    private final BurstRepository bursts;
    private final AnswerTurn answer;
    private final HeldTurns held;
    private final Semaphore beginning = new Semaphore(BEGINNING);
    private final ClaimLoop<DueTurn> loop;

    DueTurns(ClosureConfig config, BurstRepository bursts, AnswerTurn answer, HeldTurns held, MeterRegistry meters) {
        this.config = config;
        this.bursts = bursts;
        this.answer = answer;
        this.held = held;
        this.loop = new ClaimLoop<>("due-turns", config.atOnce(), config.poll(), this::claim, this::answer)
                .inBatchesOf(BATCH)
                .endsBringNothing()
                .metered(meters)
                .naming(turn -> Map.of(
                        "company_id", turn.company().toString(),
                        "conversation_id", turn.conversation().toString()));
    }

    /** A burst has begun or has become due. */
    void wake() {
        loop.wake();
    }

    /** A burst has begun: its deadline must be known before it passes. At a steady rate the looks at deadlines do that. */
    void learn() {
        loop.wakeWithin(LEARN_WITHIN);
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    // With the other loops' claims, before any of them waits for what runs.
    void close(@Observes @Priority(8) ShutdownEvent stopping) throws InterruptedException {
        loop.close();
        held.handOver();
    }

    // Before the deliveries end: what is committed last may still go out.
    void stop(@Observes @Priority(20) ShutdownEvent stopping) {
        loop.stop(config.grace());
    }

    private Claim<DueTurn> claim(int most) {
        beginning.acquireUninterruptibly(most);
        int unused = most;
        try {
            Claim<DueTurn> claimed = bursts.claim(most);
            unused -= claimed.pieces().size();
            return claimed;
        } finally {
            beginning.release(unused);
        }
    }

    private void answer(DueTurn turn) {
        AtomicBoolean begins = new AtomicBoolean(true);
        Runnable begun = () -> {
            if (begins.compareAndSet(true, false)) {
                beginning.release();
            }
        };
        try {
            held.during(turn, () -> Trace.run(Trace.started(null), () -> answer.answer(turn, begun)));
        } finally {
            begun.run();
        }
    }
}
