package io.centurions.runtime.greet;

import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.Conversation;
import io.centurions.runtime.reply.ConversationRepository;
import io.centurions.runtime.reply.PlanReply;
import io.centurions.runtime.reply.TurnRecord;
import io.centurions.runtime.reply.TurnRecord.Cost;
import io.centurions.runtime.reply.TurnRecord.Origin;
import io.centurions.runtime.reply.TurnRepository;
import io.centurions.runtime.reply.Wordings;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.Thinking;
import jakarta.enterprise.context.ApplicationScoped;

/** Plans the first words unless the lead or a person was faster. */
@ApplicationScoped
class SayFirstWords {

    private final ConversationRepository conversations;
    private final TurnRepository turns;
    private final PlanReply planReply;

    SayFirstWords(ConversationRepository conversations, TurnRepository turns, PlanReply planReply) {
        this.conversations = conversations;
        this.turns = turns;
        this.planReply = planReply;
    }

    static boolean isOurs(Conversation conversation) {
        return conversation.machineAnswers() && conversation.progress().inboundSeq() == 0;
    }

    boolean saidAlready(Tx tx, Conversation conversation, LeadId lead) {
        return turns.has(tx, conversation.id(), origin(lead), "first_contact");
    }

    void say(Tx tx, LeadId lead, ConversationId id, CenturionConfig config, Thinking.Decided decided) {
        conversations.lock(tx, id).filter(SayFirstWords::isOurs).ifPresent(conversation -> {
            var cost = new Cost(
                    decided.usage().model(),
                    decided.usage().inputTokens(),
                    decided.usage().outputTokens());
            var entry = new TurnRecord(
                    origin(lead),
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
    }

    private static Origin origin(LeadId lead) {
        return new Origin("form", lead.toString());
    }
}
