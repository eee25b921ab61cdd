package io.centurions.runtime.notice;

import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.Conversation;
import io.centurions.runtime.reply.ConversationRepository;
import io.centurions.runtime.reply.PlanReply;
import io.centurions.runtime.reply.TurnRecord;
import io.centurions.runtime.reply.TurnRecord.Origin;
import io.centurions.runtime.reply.TurnRepository;
import io.centurions.runtime.reply.Wordings;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.CenturionConfigs;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says one sentence to a lead where we last heard of it. */
@ApplicationScoped
class TellLead {

    private final ConversationRepository conversations;
    private final CenturionConfigs configs;
    private final TurnRepository turns;
    private final PlanReply planReply;

    TellLead(
            ConversationRepository conversations, CenturionConfigs configs, TurnRepository turns, PlanReply planReply) {
        this.conversations = conversations;
        this.configs = configs;
        this.turns = turns;
        this.planReply = planReply;
    }

    /** @param phrase the sentence in a language; said once per origin, whatever is repeated */
    void tell(Tx tx, LeadId lead, Origin origin, Function<String, String> phrase) {
        Optional<Conversation> conversation = conversations
                .latestOf(tx, lead)
                .flatMap(latest -> conversations.lock(tx, latest.id()))
                .filter(latest -> !"human".equals(latest.state()));
        conversation.ifPresent(where -> configs.published(tx, where.instance())
                .ifPresent(config -> say(tx, where, origin, config, phrase.apply(config.language()))));
    }

    private void say(Tx tx, Conversation where, Origin origin, CenturionConfig config, String sentence) {
        var entry = new TurnRecord(
                origin, ReplyPurpose.NOTICE, TurnRecord.Heard.NOTHING, "notice", null, TurnRecord.Cost.NONE);
        turns.record(tx, where.id(), entry)
                .ifPresent(turn -> planReply.plan(
                        tx,
                        where,
                        turn,
                        ReplyPurpose.NOTICE,
                        where.progress().inboundSeq(),
                        Wordings.of(List.of(sentence), config)));
    }
}
