package io.centurions.runtime.closure;

import io.centurions.contracts.id.MessageId;
import io.centurions.contracts.id.ReplyId;
import io.centurions.contracts.id.TurnId;
import io.centurions.contracts.message.MessageSent;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.contracts.message.TakeoverChanged;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.qualify.Assessment;
import io.centurions.runtime.qualify.Qualify;
import io.centurions.runtime.reply.PlanReply;
import io.centurions.runtime.reply.TurnRecord;
import io.centurions.runtime.reply.TurnRecord.Cost;
import io.centurions.runtime.reply.TurnRepository;
import io.centurions.runtime.reply.Wordings;
import io.centurions.runtime.think.Outcome;
import io.centurions.runtime.think.Thinking;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/**
 * Makes a decision true, in one transaction: the books, the score, the lead's stage, the bubbles and the events. It does so only
 * if nobody wrote, claimed or took over since the burst was read.
 */
@ApplicationScoped
class CommitTurn {

    // inbound_seq, fence and epoch are what the burst was read under; any other means that the draft answers to the
    // wrong thing.
    // The lease ends with it. Words that came in the meantime keep their own deadline and become the next burst.
    private static final String CLOSE = """
            UPDATE core.conversations
               SET answered_seq = $5, state = $7, lease_until = NULL, updated_at = clock_timestamp(),
                   burst_started_at = CASE WHEN inbound_seq > $5 THEN clock_timestamp() END,
                   turn_due_at = CASE WHEN inbound_seq > $5 THEN coalesce(turn_due_at, clock_timestamp()) END
             WHERE company_id = $1 AND id = $2 AND fence = $3 AND epoch = $4 AND state = 'ai'
               AND (inbound_seq = $5 OR ($6 AND inbound_seq > $5)) AND answered_seq < $5
            """;

    // What an older reply still had to say is overtaken by this one.
    private static final String SUPERSEDE = """
            UPDATE core.messages
               SET status = 'superseded', failure = 'newer_words'
             WHERE company_id = $1 AND conversation_id = $2 AND status = 'planned'
               AND purpose IN ('answer', 'follow_up', 'first_contact')
            RETURNING id, reply_id, position
            """;

    private final Database database;
    private final TurnRepository turns;
    private final PlanReply planReply;
    private final Qualify qualify;
    private final CommitTools tools;

    CommitTurn(Database database, TurnRepository turns, PlanReply planReply, Qualify qualify, CommitTools tools) {
        this.database = database;
        this.turns = turns;
        this.planReply = planReply;
        this.qualify = qualify;
        this.tools = tools;
    }

    /**
     * @param restarts how many drafts were dropped before this one
     * @param anyway   true to answer what was seen although more has come
     * @return false when the draft is void and nothing was written
     */
    boolean commit(Burst burst, Thinking.Decided decided, int restarts, boolean anyway) {
        return database.asCompany(burst.turn().company(), tx -> {
            if (!close(tx, burst, decided.outcome(), anyway)) {
                return false;
            }
            // A burst that somehow has its answer already is closed without another one.
            turns.record(tx, burst.conversation().id(), entry(burst, decided, restarts))
                    .ifPresent(turn -> carryOut(tx, burst, decided, turn));
            return true;
        });
    }

    private boolean close(Tx tx, Burst burst, Outcome outcome, boolean anyway) {
        DueTurn turn = burst.turn();
        String state = outcome instanceof Outcome.HandOver ? "waiting_human" : "ai";
        return tx.execute(
                        CLOSE,
                        turn.company().value(),
                        turn.conversation().value(),
                        turn.fence(),
                        turn.epoch(),
                        burst.lastSeq(),
                        anyway,
                        state)
                == 1;
    }

    private static TurnRecord entry(Burst burst, Thinking.Decided decided, int restarts) {
        return new TurnRecord(
                burst.origin(),
                purpose(decided.outcome()),
                new TurnRecord.Heard(
                        burst.firstSeq(), burst.lastSeq(), burst.turn().fence(), restarts),
                decided.outcome().code(),
                null,
                new Cost(
                        decided.usage().model(),
                        decided.usage().inputTokens(),
                        decided.usage().outputTokens()));
    }

    private void carryOut(Tx tx, Burst burst, Thinking.Decided decided, TurnId turn) {
        supersede(tx, burst);
        Outcome outcome = decided.outcome();
        planReply.plan(
                tx,
                burst.conversation(),
                turn,
                purpose(outcome),
                burst.lastSeq(),
                Wordings.of(outcome.bubbles(), burst.config()));
        var ids = burst.idsBySeq();
        Assessment assessment = Assessment.of(
                burst.config(), qualify.known(tx, burst.conversation()), decided.criteria(), seq -> ids.get(seq));
        qualify.score(tx, burst.conversation(), turn, burst.config().version(), assessment);
        if (outcome instanceof Outcome.Disqualify) {
            qualify.turnAway(tx, burst.conversation());
        }
        if (outcome instanceof Outcome.HandOver) {
            tools.outbox()
                    .append(
                            tx,
                            new TakeoverChanged(
                                    burst.conversation().id(),
                                    TakeoverChanged.State.TAKEN,
                                    TakeoverChanged.By.CENTURION));
        }
    }

    private void supersede(Tx tx, Burst burst) {
        for (Row dropped : tx.query(
                SUPERSEDE, tx.company().value(), burst.conversation().id().value())) {
            tools.outbox()
                    .append(
                            tx,
                            new MessageSent(
                                    MessageId.of(dropped.getUUID("id")),
                                    burst.conversation().id(),
                                    Optional.ofNullable(dropped.getUUID("reply_id"))
                                            .map(ReplyId::of)
                                            .orElse(null),
                                    dropped.getInteger("position"),
                                    MessageSent.State.SUPERSEDED,
                                    tools.clock().instant()));
        }
    }

    private static ReplyPurpose purpose(Outcome outcome) {
        return outcome instanceof Outcome.HandOver ? ReplyPurpose.HANDOVER : ReplyPurpose.ANSWER;
    }

    /** What announcing takes. */
    @Singleton
    record CommitTools(Outbox outbox, Clock clock) {}
}
