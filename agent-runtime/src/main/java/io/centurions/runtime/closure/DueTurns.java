package io.centurions.runtime.closure;

import io.centurions.platform.loops.ClaimLoop;
import io.centurions.platform.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

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
    private static final int BATCH = 128;

    private final ClosureConfig config;
    private final AnswerTurn answer;
    private final HeldTurns held;
    private final ClaimLoop<DueTurn> loop;

    DueTurns(ClosureConfig config, BurstRepository bursts, AnswerTurn answer, HeldTurns held, MeterRegistry meters) {
        this.config = config;
        this.answer = answer;
        this.held = held;
        this.loop = new ClaimLoop<>("due-turns", config.atOnce(), config.poll(), bursts::claim, this::answer)
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

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    // With the other loops' claims, before any of them waits for what runs.
    void close(@Observes @Priority(10) ShutdownEvent stopping) {
        loop.close();
        held.handOver();
    }

    // Before the deliveries end: what is committed last may still go out.
    void stop(@Observes @Priority(20) ShutdownEvent stopping) {
        loop.stop(config.grace());
    }

    private void answer(DueTurn turn) {
        held.during(turn, () -> Trace.run(Trace.started(null), () -> answer.answer(turn)));
    }
}
