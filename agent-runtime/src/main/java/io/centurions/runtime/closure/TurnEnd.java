package io.centurions.runtime.closure;

import io.centurions.platform.loops.Failures;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.runtime.think.Thinking;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** The ways in which a turn ends, each counted. */
@ApplicationScoped
class TurnEnd {

    private static final Logger LOG = Logger.getLogger(TurnEnd.class);

    private final CommitTurn commit;
    private final PostponeTurn postpone;
    private final MeterRegistry meters;

    TurnEnd(CommitTurn commit, PostponeTurn postpone, MeterRegistry meters) {
        this.commit = commit;
        this.postpone = postpone;
        this.meters = meters;
    }

    /**
     * Writes down what thinking came to, with what it cost.
     *
     * @return false when newer words, or words that were not sent after all, made the draft void
     */
    boolean thought(Burst burst, Thinking thinking, int restarts, boolean anyway) {
        try {
            return switch (thinking) {
                case Thinking.Decided decided -> decided(burst, decided, restarts, anyway);
                case Thinking.Stuck stuck -> {
                    postpone.stuck(burst, stuck);
                    count(stuck.reason());
                    yield true;
                }
            };
        } catch (RuntimeException | Error failure) {
            broken(burst.turn(), burst, failure, thinking.paid());
            return true;
        }
    }

    private boolean decided(Burst burst, Thinking.Decided decided, int restarts, boolean anyway) {
        boolean committed = commit.commit(burst, decided, restarts, anyway);
        count(committed ? decided.outcome().code() : "restarted");
        if (committed) {
            // One of each answer: turns_total and the row in turns tell the same, and cost less than a line of JSON.
            LOG.debugf(
                    "burst answered outcome=%s messages=%d",
                    decided.outcome().code(), burst.lastSeq() - burst.firstSeq() + 1);
            meters.timer("burst_answered_seconds").record(burst.age());
        }
        return committed;
    }

    /**
     * Something threw. The turn comes back after growing waits, as it does when the model is away; at its lease it would come back
     * at once and for ever.
     *
     * @param burst what the turn answers to, or null when that could not be read
     * @param paid  answers of a model that were not counted yet
     */
    void broken(DueTurn turn, Burst burst, Throwable failure, List<Thinking.Usage> paid) {
        // What comes back by itself needs nobody to act, nor does what outlived its container.
        boolean nobodysTask = failure instanceof DatabaseUnavailable || ShutdownDeadline.isOver();
        LOG.logf(
                nobodysTask ? Logger.Level.WARN : Logger.Level.ERROR,
                "a turn failed and will be tried again: %s; runbook unexpected-error",
                Failures.place(failure));
        LOG.debug("the failure in full", failure);
        // An absent database is nobody's turn's fault: the lead need not hear of it.
        if (burst == null || failure instanceof DatabaseUnavailable || !askedToWait(burst, paid)) {
            postpone.failed(turn, paid);
        }
        count("failed");
    }

    private boolean askedToWait(Burst burst, List<Thinking.Usage> paid) {
        try {
            String model = burst.config().model().name();
            postpone.stuck(burst, new Thinking.Stuck("unexpected", model, Duration.ZERO, paid));
            return true;
        } catch (RuntimeException alsoFailed) {
            LOG.warnf("the lead could not be asked to wait: %s", Failures.place(alsoFailed));
            return false;
        }
    }

    void quietly(DueTurn turn, Duration wait) {
        postpone.quietly(turn, wait);
        count("postponed");
    }

    /** The company's plan pays for no model: a person goes on. */
    void heldBack(DueTurn turn) {
        postpone.holdBack(turn);
        count("held_back");
    }

    /** Nothing is left of what was to be answered: it was erased, or a person turned out to have answered it. */
    void erased() {
        LOG.info("a burst was closed without an answer: nothing of it waits for one any more");
        count("erased");
    }

    void lost() {
        count("lost");
    }

    private void count(String outcome) {
        meters.counter("turns_total", "outcome", outcome).increment();
    }
}
