package io.centurions.runtime.reply;

import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.contracts.message.TakeoverChanged;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Leaves a conversation to people, because the company's plan pays for no model any more. The lead hears
 * nothing; what they wrote stays unanswered, and the machine goes on with it when a person gives it back or,
 * once there is money, the lead writes again.
 */
@ApplicationScoped
public class HoldBack {

    private static final String HOLD = """
            UPDATE core.conversations
               SET state = 'waiting_human', held_for = 'modelSpend',
                   lease_until = CASE WHEN throttled_until > clock_timestamp() THEN throttled_until END,
                   turn_due_at = NULL, burst_started_at = NULL, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND state = 'ai' AND fence = $3 AND epoch = $4
            RETURNING answered_seq
            """;

    private final TurnRepository turns;
    private final Outbox outbox;

    HoldBack(TurnRepository turns, Outbox outbox) {
        this.turns = turns;
        this.outbox = outbox;
    }

    /** Nothing when another replica or a person has the conversation by now. */
    public void hold(Tx tx, ConversationId conversation, long fence, long epoch) {
        tx.first(HOLD, tx.company().value(), conversation.value(), fence, epoch)
                .ifPresent(held -> tell(tx, conversation, fence, held));
    }

    // A notice of the burst, so that the books have room for its answer.
    private void tell(Tx tx, ConversationId conversation, long fence, Row held) {
        long first = held.getLong("answered_seq") + 1;
        turns.record(
                tx,
                conversation,
                new TurnRecord(
                        TurnRecord.Origin.burst(first),
                        ReplyPurpose.NOTICE,
                        new TurnRecord.Heard(0, 0, fence, 0),
                        "held",
                        "plan_model_spend",
                        TurnRecord.Cost.NONE));
        outbox.append(tx, new TakeoverChanged(conversation, TakeoverChanged.State.TAKEN, TakeoverChanged.By.CENTURION));
    }
}
