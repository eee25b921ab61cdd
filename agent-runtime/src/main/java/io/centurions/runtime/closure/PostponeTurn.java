package io.centurions.runtime.closure;

import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.HoldBack;
import io.centurions.runtime.reply.PhraseBook;
import io.centurions.runtime.reply.PlanReply;
import io.centurions.runtime.reply.TurnRecord;
import io.centurions.runtime.reply.TurnRecord.Cost;
import io.centurions.runtime.reply.TurnRepository;
import io.centurions.runtime.reply.Wordings;
import io.centurions.runtime.think.Thinking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Puts a turn back that cannot be answered now. The burst stays unanswered and comes back by its deadline. */
@ApplicationScoped
class PostponeTurn {

    // The waits grow with the age of the burst, so nothing has to be counted and a restart forgets nothing. A burst
    // whose answer was
    // committed, although we did not hear of it, stays closed.
    private static final String LATER = """
            UPDATE core.conversations
               SET lease_until = NULL, updated_at = clock_timestamp(),
                   turn_due_at = clock_timestamp() + least(greatest((clock_timestamp() - burst_started_at) / 2, $5::text::interval),
                                                           $6::text::interval)
             WHERE company_id = $1 AND id = $2 AND fence = $3 AND epoch = $4 AND state = 'ai' AND inbound_seq > answered_seq
            """;

    private final Database database;
    private final TurnRepository turns;
    private final PlanReply planReply;
    private final HoldBack holdBack;
    private final ClosureConfig config;

    PostponeTurn(
            Database database, TurnRepository turns, PlanReply planReply, HoldBack holdBack, ClosureConfig config) {
        this.database = database;
        this.turns = turns;
        this.planReply = planReply;
        this.holdBack = holdBack;
        this.config = config;
    }

    /** There is no answer now: the lead is asked to wait, once a burst. */
    void stuck(Burst burst, Thinking.Stuck stuck) {
        database.runAsCompany(burst.turn().company(), tx -> {
            if (later(tx, burst.turn(), config.firstWait(), config.longestWait())) {
                askToWait(tx, burst, stuck);
            }
        });
    }

    /** The turn failed where nobody expected it to, and what it answers to may not be known: nobody is told. */
    void failed(DueTurn turn) {
        database.runAsCompany(turn.company(), tx -> later(tx, turn, config.firstWait(), config.longestWait()));
    }

    /** Nothing can be said about this turn yet, and nobody is to be told. */
    void quietly(DueTurn turn, Duration wait) {
        database.runAsCompany(turn.company(), tx -> later(tx, turn, wait, wait));
    }

    /** Nobody but a person can answer now: the conversation is left to them, until there is money again. */
    void holdBack(DueTurn turn) {
        database.runAsCompany(turn.company(), tx -> holdBack.hold(tx, turn.conversation(), turn.fence(), turn.epoch()));
    }

    private boolean later(Tx tx, DueTurn turn, Duration first, Duration longest) {
        return tx.execute(
                        LATER,
                        turn.company().value(),
                        turn.conversation().value(),
                        turn.fence(),
                        turn.epoch(),
                        first.toString(),
                        longest.toString())
                == 1;
    }

    private void askToWait(Tx tx, Burst burst, Thinking.Stuck stuck) {
        var courtesy = new TurnRecord(
                burst.origin(),
                ReplyPurpose.COURTESY,
                new TurnRecord.Heard(
                        burst.firstSeq(), burst.lastSeq(), burst.turn().fence(), 0),
                "failed",
                stuck.reason(),
                new Cost(stuck.model(), 0, 0));
        turns.record(tx, burst.conversation().id(), courtesy)
                .ifPresent(turn -> planReply.plan(
                        tx,
                        burst.conversation(),
                        turn,
                        ReplyPurpose.COURTESY,
                        burst.lastSeq(),
                        Wordings.of(List.of(PhraseBook.courtesy(burst.config().language())), burst.config())));
    }
}
