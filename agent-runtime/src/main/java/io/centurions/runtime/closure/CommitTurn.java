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
import io.centurions.runtime.qualify.Evidence;
import io.centurions.runtime.qualify.Qualify;
import io.centurions.runtime.reply.ConversationRepository;
import io.centurions.runtime.reply.PlanReply;
import io.centurions.runtime.reply.Wordings;
import io.centurions.runtime.spend.ModelSpend;
import io.centurions.runtime.think.Outcome;
import io.centurions.runtime.think.Thinking;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes a decision true, in one transaction: the books, the score, the lead's stage, the bubbles and the
 * events. It does so only if nobody wrote, claimed or took over since the burst was read, and what it took for said was sent.
 */
@ApplicationScoped
class CommitTurn {

    // inbound_seq, answered_seq, fence and epoch are what the burst was read under; any other means that the draft
    // answers to the wrong thing. The unique key of turns is the promise that a burst gets one answer; one that
    // somehow has it already is closed without another.
    private static final String CLOSE = """
            WITH closed AS (
                UPDATE core.conversations
                   SET state = $7, %s
                 WHERE company_id = $1 AND id = $2 AND fence = $3 AND epoch = $4 AND state = 'ai'
                   AND (inbound_seq = $5 OR ($6 AND inbound_seq > $5)) AND answered_seq = $12::bigint - 1
                RETURNING id, lead_id),
            recorded AS (
                INSERT INTO core.turns (company_id, id, conversation_id, origin, origin_id, purpose, from_seq, to_seq, fence, restarts,
                                        outcome, model, input_tokens, output_tokens, committed_at)
                SELECT $1, $8::uuid, c.id, $9::text, $10::text, $11::text, $12::bigint, $5, $3, $13::int,
                       $14::text, $15::text, $16::int, $17::int, clock_timestamp()
                  FROM closed c
                    ON CONFLICT (company_id, conversation_id, origin, origin_id, purpose) DO NOTHING
                RETURNING id)
            SELECT EXISTS (SELECT FROM recorded) AS recorded,
                   (SELECT (s.evidence)::text FROM core.lead_scores s
                     WHERE s.company_id = $1 AND s.lead_id = c.lead_id ORDER BY s.created_at DESC LIMIT 1) AS evidence
              FROM closed c
            """.formatted(BurstRepository.END_BURST);

    // What an older reply still had to say is overtaken by this one, unless these words do not drop it: then it was
    // taken for said. A statement of its own, so that it sees what was committed before the conversation's row was
    // ours. Nothing, when the turn was not recorded.
    private static final String SUPERSEDE = """
            UPDATE core.messages
               SET status = 'superseded', failure = 'newer_words'
             WHERE company_id = $1 AND conversation_id = $2 AND status = 'planned'
               AND purpose IN ('answer', 'follow_up', 'first_contact') AND seen_seq < $4
               AND EXISTS (SELECT FROM core.turns t WHERE t.company_id = $1 AND t.id = $3)
            RETURNING id, reply_id, position
            """;

    // A statement of its own, behind the conversation's lock, under which a call is settled: so it sees how the calls
    // ended, and none ends between it and the commit. What these words do not drop is yet to be said.
    private static final String TURNED_OUT_UNSAID = """
            SELECT EXISTS (SELECT FROM core.messages
                            WHERE company_id = $1 AND id = ANY ($2)
                              AND (status IN ('superseded', 'failed')
                                   OR (status = 'planned' AND seen_seq < $3
                                       AND purpose IN ('answer', 'follow_up', 'first_contact')))) AS unsaid
            """;

    private final Database database;
    private final ConversationRepository conversations;
    private final PlanReply planReply;
    private final Qualify qualify;
    private final CommitTools tools;

    CommitTurn(
            Database database,
            ConversationRepository conversations,
            PlanReply planReply,
            Qualify qualify,
            CommitTools tools) {
        this.database = database;
        this.conversations = conversations;
        this.planReply = planReply;
        this.qualify = qualify;
        this.tools = tools;
    }

    /**
     * Three round trips: what decides whether the draft still counts, all that follows, the commit. What the
     * model's answers cost is counted with them, also of a draft that is void. A draft that took for said what was not
     * yet when it was read costs two more.
     *
     * @param restarts how many drafts were dropped before this one
     * @param anyway   true to answer what was seen although more has come; what was not sent after all makes it void nevertheless
     * @return false when the draft is void and nothing was written
     */
    boolean commit(Burst burst, Thinking.Decided decided, int restarts, boolean anyway) {
        return database.asCompany(burst.turn().company(), tx -> {
            boolean committed = stillHolds(tx, burst) && committed(tx, burst, decided, restarts, anyway);
            tools.spend().count(tx, decided.paid());
            return committed;
        });
    }

    private boolean stillHolds(Tx tx, Burst burst) {
        UUID[] takenForSaid =
                burst.before().takenForSaid().stream().map(MessageId::value).toArray(UUID[]::new);
        if (takenForSaid.length == 0) {
            return true;
        }
        conversations.lock(tx, burst.conversation().id());
        return tx.first(TURNED_OUT_UNSAID, tx.company().value(), takenForSaid, burst.lastSeq())
                .map(row -> !row.getBoolean("unsaid"))
                .orElseThrow();
    }

    private boolean committed(Tx tx, Burst burst, Thinking.Decided decided, int restarts, boolean anyway) {
        TurnId turn = TurnId.random();
        Supplier<List<Row>> closing = close(tx, burst, decided, turn, restarts, anyway);
        Supplier<List<Row>> superseded = tx.send(
                SUPERSEDE, tx.company().value(), burst.conversation().id().value(), turn.value(), burst.lastSeq());
        Optional<Row> closed = closing.get().stream().findFirst();
        if (closed.isPresent() && closed.get().getBoolean("recorded")) {
            announce(tx, burst, superseded.get());
            carryOut(tx, burst, decided, turn, qualify.read(closed.get().getString("evidence")));
        }
        return closed.isPresent();
    }

    private static Supplier<List<Row>> close(
            Tx tx, Burst burst, Thinking.Decided decided, TurnId turn, int restarts, boolean anyway) {
        Outcome outcome = decided.outcome();
        return tx.send(
                CLOSE,
                tx.company().value(),
                burst.turn().conversation().value(),
                burst.turn().fence(),
                burst.turn().epoch(),
                burst.lastSeq(),
                anyway,
                outcome instanceof Outcome.HandOver ? "waiting_human" : "ai",
                turn.value(),
                burst.origin().kind(),
                burst.origin().id(),
                purpose(outcome).name().toLowerCase(Locale.ROOT),
                burst.firstSeq(),
                restarts,
                outcome.code(),
                decided.usage().model(),
                decided.usage().inputTokens(),
                decided.usage().outputTokens());
    }

    private void carryOut(Tx tx, Burst burst, Thinking.Decided decided, TurnId turn, Map<String, Evidence> known) {
        Outcome outcome = decided.outcome();
        planReply.plan(
                tx,
                burst.conversation(),
                turn,
                purpose(outcome),
                burst.lastSeq(),
                Wordings.of(outcome.bubbles(), burst.config()));
        var ids = burst.idsBySeq();
        Assessment assessment = Assessment.of(burst.config(), known, decided.criteria(), seq -> ids.get(seq));
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

    private void announce(Tx tx, Burst burst, List<Row> superseded) {
        for (Row dropped : superseded) {
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

    /** What announcing and counting take. */
    @Singleton
    record CommitTools(Outbox outbox, Clock clock, ModelSpend spend) {}
}
