package io.centurions.runtime.notice;

import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.platform.tenancy.Tx;
import io.centurions.runtime.reply.Conversation;
import io.centurions.runtime.reply.ConversationRepository;
import io.centurions.runtime.reply.PhraseBook;
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
public class TellLead {

    // In whichever chat: the one we last heard from may have become another since.
    private static final String TOLD = """
            SELECT 1
              FROM core.conversations c
              JOIN core.turns t ON t.company_id = c.company_id AND t.conversation_id = c.id
             WHERE c.company_id = $1 AND c.lead_id = $2 AND t.origin = $3 AND t.origin_id = $4
             LIMIT 1
            """;

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

    /** Says that a contract was signed; once, whatever is repeated. */
    public void signed(Tx tx, LeadId lead, ContractId contract) {
        tell(tx, lead, new Origin("contract", contract + ":signed"), PhraseBook::contractSigned);
    }

    /** @param phrase the sentence in a language; said once per origin, whatever is repeated */
    private void tell(Tx tx, LeadId lead, Origin origin, Function<String, String> phrase) {
        Optional<Conversation> conversation = conversations
                .latestOf(tx, lead)
                .flatMap(latest -> conversations.lock(tx, latest.id()))
                .filter(latest -> !"human".equals(latest.state()));
        if (told(tx, lead, origin)) {
            return;
        }
        conversation.ifPresent(where -> configs.published(tx, where.instance())
                .ifPresent(config -> say(tx, where, origin, config, phrase.apply(config.language()))));
    }

    private static boolean told(Tx tx, LeadId lead, Origin origin) {
        return tx.first(TOLD, tx.company().value(), lead.value(), origin.kind(), origin.id())
                .isPresent();
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
