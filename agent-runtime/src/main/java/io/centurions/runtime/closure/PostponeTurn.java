package io.centurions.runtime.closure;

import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.KeepTrying;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.HoldBack;
import io.centurions.runtime.reply.PhraseBook;
import io.centurions.runtime.reply.PlanReply;
import io.centurions.runtime.reply.TurnRecord;
import io.centurions.runtime.reply.TurnRecord.Cost;
import io.centurions.runtime.reply.TurnRepository;
import io.centurions.runtime.reply.Wordings;
import io.centurions.runtime.spend.ModelSpend;
import io.centurions.runtime.think.Thinking;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts a turn back that cannot be answered now. The burst stays unanswered and comes back by its deadline. */
@ApplicationScoped
class PostponeTurn {

    // The waits grow with the age of the burst, so nothing has to be counted and a restart forgets nothing. A
    // burst whose answer was committed, although we did not hear of it, stays closed. What the model asked us
    // to wait for is a lease under a fence of nobody: newer words move the deadline, and no replica renews,
    // gives back or claims it before. The burst begins anew behind what a person turns out to have answered of it:
    // for the rest the lead was asked to wait all the same, and who waits only for words that came since is asked by
    // the next turn.
    private static final String LATER = """
            UPDATE core.conversations
               SET lease_until = clock_timestamp() + $7::text::interval,
                   throttled_until = coalesce(clock_timestamp() + $7::text::interval, throttled_until),
                   fence = fence + CASE WHEN $7::text IS NULL THEN 0 ELSE 1 END, updated_at = clock_timestamp(),
                   turn_due_at = clock_timestamp() + least(greatest((clock_timestamp() - burst_started_at) / 2, $5::text::interval),
                                                           $6::text::interval)
             WHERE company_id = $1 AND id = $2 AND fence = $3 AND epoch = $4 AND state = 'ai' AND inbound_seq > answered_seq
            RETURNING answered_seq, EXISTS (SELECT FROM core.turns t
                               WHERE t.company_id = $1 AND t.conversation_id = $2 AND t.origin = 'burst' AND t.purpose = 'courtesy'
                                 AND t.to_seq > answered_seq) AS asked_to_wait
            """;

    // The turn is not ours any more: who has it asks by their own lights, whoever comes later waits.
    private static final String LEAVE_ALONE = """
            UPDATE core.conversations
               SET throttled_until = greatest(throttled_until, clock_timestamp() + $3::text::interval),
                   lease_until = CASE WHEN lease_until > clock_timestamp() THEN lease_until
                                      ELSE clock_timestamp() + $3::text::interval END,
                   fence = fence + CASE WHEN lease_until > clock_timestamp() THEN 0 ELSE 1 END, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private final Database database;
    private final TurnRepository turns;
    private final PlanReply planReply;
    private final PostponeTools tools;
    private final ClosureConfig config;

    PostponeTurn(
            Database database, TurnRepository turns, PlanReply planReply, PostponeTools tools, ClosureConfig config) {
        this.database = database;
        this.turns = turns;
        this.planReply = planReply;
        this.tools = tools;
        this.config = config;
    }

    /**
     * There is no answer now: the lead is asked to wait, once a burst. The next try is not before what the
     * model asked for, whoever makes it, also where the turn was taken from us meanwhile.
     */
    void stuck(Burst burst, Thinking.Stuck stuck) {
        var wait = new Wait(config.firstWait(), config.longestWait(), stuck.after());
        // Nobody else knows what the model asked for, and after our lease somebody else would ask it again.
        KeepTrying.untilWritten(
                config.lease(),
                () -> database.runAsCompany(burst.turn().company(), tx -> {
                    Optional<Row> waits = later(tx, burst.turn(), wait);
                    waits.filter(row -> !row.getBoolean("asked_to_wait"))
                            .filter(row -> !burst.before().late() && burst.lastSeq() > row.getLong("answered_seq"))
                            .ifPresent(row -> askToWait(tx, burst, stuck));
                    if (waits.isEmpty() && wait.asked().isPositive()) {
                        tx.execute(
                                LEAVE_ALONE,
                                burst.turn().company().value(),
                                burst.turn().conversation().value(),
                                wait.asked().toString());
                    }
                    tools.spend().count(tx, stuck.paid());
                }));
    }

    /**
     * The turn failed where nobody expected it to, and what it answers to may not be known: nobody is told.
     *
     * @param paid counted only if the burst is still open: what was committed unheard was counted with it
     */
    void failed(DueTurn turn, List<Thinking.Usage> paid) {
        database.runAsCompany(turn.company(), tx -> {
            later(tx, turn, new Wait(config.firstWait(), config.longestWait(), Duration.ZERO))
                    .ifPresent(row -> tools.spend().count(tx, paid));
        });
    }

    /** Nothing can be said about this turn yet, and nobody is to be told. */
    void quietly(DueTurn turn, Duration wait) {
        database.runAsCompany(turn.company(), tx -> later(tx, turn, new Wait(wait, wait, Duration.ZERO)));
    }

    /** Nobody but a person can answer now: the conversation is left to them, until there is money again. */
    void holdBack(DueTurn turn) {
        database.runAsCompany(
                turn.company(), tx -> tools.holdBack().hold(tx, turn.conversation(), turn.fence(), turn.epoch()));
    }

    /** How long: ours, which grows with the burst's age, and the model's, which nothing shortens. */
    private record Wait(Duration first, Duration longest, Duration asked) {}

    // Empty when the turn is not ours any more, or nothing waits for an answer.
    private Optional<Row> later(Tx tx, DueTurn turn, Wait wait) {
        return tx.first(
                LATER,
                turn.company().value(),
                turn.conversation().value(),
                turn.fence(),
                turn.epoch(),
                wait.first().toString(),
                wait.longest().toString(),
                wait.asked().isZero() ? null : wait.asked().toString());
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

    /** What leaving a turn takes besides. */
    @Singleton
    record PostponeTools(HoldBack holdBack, ModelSpend spend) {}
}
