package io.centurions.runtime.greet;

import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.Conversation;
import io.centurions.runtime.reply.ConversationRepository;
import io.centurions.runtime.reply.HoldBack;
import io.centurions.runtime.reply.PlanReply;
import io.centurions.runtime.reply.TurnRecord;
import io.centurions.runtime.reply.TurnRecord.Cost;
import io.centurions.runtime.reply.TurnRecord.Origin;
import io.centurions.runtime.reply.TurnRepository;
import io.centurions.runtime.reply.Wordings;
import io.centurions.runtime.spend.ModelSpend;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.Thinking;
import jakarta.enterprise.context.ApplicationScoped;

/** Plans the first words unless the lead or a person was faster. */
@ApplicationScoped
class SayFirstWords {

    private static final String THROTTLE = """
            UPDATE core.conversations
               SET throttled_until = greatest(throttled_until, clock_timestamp() + $3::text::interval)
             WHERE company_id = $1 AND id = $2
            """;

    private final ConversationRepository conversations;
    private final TurnRepository turns;
    private final PlanReply planReply;
    private final ModelSpend spend;
    private final HoldBack holdBack;

    SayFirstWords(
            ConversationRepository conversations,
            TurnRepository turns,
            PlanReply planReply,
            ModelSpend spend,
            HoldBack holdBack) {
        this.conversations = conversations;
        this.turns = turns;
        this.planReply = planReply;
        this.spend = spend;
        this.holdBack = holdBack;
    }

    /** Whoever waits for an answer gets that one; a lead of former days whose words were all answered may be greeted. */
    static boolean isOurs(Conversation conversation) {
        var progress = conversation.progress();
        return conversation.machineAnswers() && progress.inboundSeq() == progress.answeredSeq();
    }

    /** Where the company's plan pays for no model, the conversation is left to people. */
    boolean mayThink(Tx tx, Conversation conversation) {
        if (spend.isLeft(tx)) {
            return true;
        }
        var progress = conversation.progress();
        holdBack.hold(tx, conversation.id(), progress.fence(), progress.epoch());
        return false;
    }

    boolean saidAlready(Tx tx, Conversation conversation, EventId submission) {
        return turns.has(tx, conversation.id(), origin(submission), "first_contact");
    }

    void say(Tx tx, EventId submission, ConversationId id, CenturionConfig config, Thinking.Decided decided) {
        conversations.lock(tx, id).filter(SayFirstWords::isOurs).ifPresent(conversation -> {
            var cost = new Cost(
                    decided.usage().model(),
                    decided.usage().inputTokens(),
                    decided.usage().outputTokens());
            var entry = new TurnRecord(
                    origin(submission),
                    ReplyPurpose.FIRST_CONTACT,
                    TurnRecord.Heard.NOTHING,
                    decided.outcome().code(),
                    null,
                    cost);
            turns.record(tx, id, entry)
                    .ifPresent(turn -> planReply.plan(
                            tx,
                            conversation,
                            turn,
                            ReplyPurpose.FIRST_CONTACT,
                            0,
                            Wordings.of(decided.outcome().bubbles(), config)));
        });
        spend.count(tx, decided.paid());
    }

    /** The model gave nothing to say: what it asked for is kept beside the conversation. */
    void notYet(Tx tx, ConversationId id, Thinking.Stuck stuck) {
        if (!stuck.after().isZero()) {
            tx.send(THROTTLE, tx.company().value(), id.value(), stuck.after().toString());
        }
        spend.count(tx, stuck.paid());
    }

    // Each time the form was filled in is an origin of its own: a returning lead is greeted again, a repeat is not.
    private static Origin origin(EventId submission) {
        return new Origin("form", submission.toString());
    }
}
