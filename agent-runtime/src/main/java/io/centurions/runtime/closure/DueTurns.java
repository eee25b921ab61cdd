package io.centurions.runtime.closure;

import io.centurions.platform.tenancy.Trace;
import io.centurions.runtime.loop.ClaimLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;

/**
 * The loop that claims bursts whose deadline has passed. The deadline in the row is the truth; a wake only makes it sooner than
 * the next poll.
 */
@ApplicationScoped
class DueTurns {

    private final ClosureConfig config;
    private final AnswerTurn answer;
    private final ClaimLoop<DueTurn> loop;

    DueTurns(ClosureConfig config, BurstRepository bursts, AnswerTurn answer) {
        this.config = config;
        this.answer = answer;
        this.loop = new ClaimLoop<>("due-turns", config.atOnce(), config.poll(), bursts::claim, this::answer)
                .naming(turn -> Map.of(
                        "company_id", turn.company().toString(),
                        "conversation_id", turn.conversation().toString()));
    }

    /** A burst will be due after {@code delay}. */
    void wakeIn(Duration delay) {
        loop.wakeIn(delay);
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    // Before the deliveries stop: what is committed last may still go out.
    void stop(@Observes @Priority(20) ShutdownEvent stopping) {
        loop.stop(config.grace());
    }

    private void answer(DueTurn turn) {
        Trace.run(Trace.started(null), () -> answer.answer(turn));
    }
}
