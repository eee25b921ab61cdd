package io.centurions.runtime.closure;

import io.centurions.platform.tenancy.Trace;
import io.centurions.runtime.closure.BurstRepository.Found;
import io.centurions.runtime.think.Question;
import io.centurions.runtime.think.Think;
import io.centurions.runtime.think.Thinking;
import io.centurions.runtime.understand.MediaPatience;
import io.centurions.runtime.understand.Understand;
import io.centurions.runtime.understand.Understood;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Answers one due turn. The whole turn, from the claimed conversation to the planned reply, is read here.
 *
 * <p>Sequential code on a virtual thread; no transaction is open while a provider or a model is asked. If the lead writes in the
 * meantime, or a bubble that was on the wire turns out not to have been sent, the draft is dropped and the turn starts again with the
 * whole burst, a bounded number of times; then it is left to its lease. A crash leaves the
 * conversation to its lease: {@link DueTurns} of any replica claims it again. {@link HeldTurns} renews the lease while it lasts.
 */
@ApplicationScoped
class AnswerTurn {

    private static final Logger LOG = Logger.getLogger(AnswerTurn.class);
    private static final Duration UNTIL_MEDIA_IS_THERE = Duration.ofSeconds(1);
    private static final Duration UNTIL_CALL_HAS_ENDED = Duration.ofSeconds(1);
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(1);

    private final BurstRepository bursts;
    private final Understand understand;
    private final Think think;
    private final TurnEnd end;
    private final ClosureConfig config;

    AnswerTurn(BurstRepository bursts, Understand understand, Think think, TurnEnd end, ClosureConfig config) {
        this.bursts = bursts;
        this.understand = understand;
        this.think = think;
        this.end = end;
        this.config = config;
    }

    /** @param begun told as soon as the burst has been read, before anything slow is asked; at a restart once more */
    void answer(DueTurn turn, Runnable begun) {
        int restarts = 0;
        while (restarts <= config.restartsMost() && !isOver(turn, restarts, begun)) {
            restarts++;
        }
    }

    private boolean isOver(DueTurn turn, int restarts, Runnable begun) {
        Burst read = null;
        try {
            Found found = bursts.read(turn);
            begun.run();
            switch (found) {
                case Found.Lost lost -> end.lost();
                case Found.Unconfigured unconfigured -> {
                    LOG.warn("a burst waits: no configuration was ever published for its instance");
                    end.quietly(turn, UNTIL_CONFIGURED);
                }
                case Found.Undecided undecided -> end.quietly(turn, UNTIL_CALL_HAS_ENDED);
                case Found.OverPlan overPlan -> end.heldBack(turn);
                case Found.Erased(long lastSeq) -> {
                    bursts.close(turn, lastSeq);
                    end.erased();
                }
                case Found.Ready(Burst burst) -> {
                    read = burst;
                    return Trace.call(burst.trace(), () -> answer(burst, restarts));
                }
            }
        } catch (RuntimeException | Error failure) {
            end.broken(turn, read, failure, List.of());
        }
        return true;
    }

    /** @return false when newer words, or words that were not sent after all, made the draft void */
    private boolean answer(Burst read, int restarts) {
        if (waitsFor(read, Heard::coming)) {
            end.quietly(read.turn(), UNTIL_MEDIA_IS_THERE);
            return true;
        }
        Understood understood = understood(read);
        if (waitsFor(read, heard -> understood.putOff().contains(heard.id()))) {
            end.quietly(read.turn(), UNTIL_MEDIA_IS_THERE);
            return true;
        }
        Burst burst = read.understood(understood.texts());
        Thinking thinking = think.about(burst.turn().company(), question(burst));
        return end.thought(burst, thinking, restarts, restarts == config.restartsMost());
    }

    // Not by the burst's age alone: an outage, a call on the wire or many words made it old before anybody asked about
    // its media. Nor by each media's own waiting alone: who keeps on speaking while nobody can listen would never be
    // answered.
    private boolean waitsFor(Burst burst, Predicate<Heard> media) {
        boolean young = burst.age().compareTo(config.mediaPatience()) < 0;
        boolean waitedLittle = burst.waitedLongest().compareTo(config.mediaPatience()) < 0;
        return burst.unanswered()
                .filter(media)
                .anyMatch(heard -> young || waitedLittle && heard.waited().compareTo(config.mediaLeast()) < 0);
    }

    private Understood understood(Burst burst) {
        if (burst.unheard().isEmpty()) {
            return Understood.NOTHING;
        }
        var place = new Understand.Place(
                burst.turn().company(),
                burst.conversation().instance(),
                burst.conversation().channel());
        Duration left = config.mediaPatience().minus(burst.age());
        Duration patience = left.compareTo(config.mediaLeast()) < 0 ? config.mediaLeast() : left;
        return understand.understand(place, burst.config(), burst.unheard(), MediaPatience.of(patience));
    }

    private static Question question(Burst burst) {
        var occasion = new Question.Occasion.Burst(
                burst.before().late(), burst.before().unsaid());
        return new Question(burst.config(), burst.lines(), burst.knownLines(), occasion);
    }
}
