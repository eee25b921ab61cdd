package io.centurions.contracts.lead;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * A Centurion found that a lead meets the criteria and hands it over.
 *
 * <p>Written in the transaction of the turn that decided it. At least once: a repeat has the same event id. One
 * event per hand-over: the deal is made once per lead and hand-over, whatever is repeated. The briefing and the
 * evidence are read as that company.
 *
 * @param lead         the lead
 * @param conversation where it was qualified
 * @param handoff      this hand-over
 * @param score        0 to 100, by the weights of the published criteria
 */
public record LeadQualified(LeadId lead, ConversationId conversation, HandoffId handoff, int score) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "lead.qualified";

    public LeadQualified {
        Check.present(lead, "lead");
        Check.present(conversation, "conversation");
        Check.present(handoff, "handoff");
        Check.notNegative(score, "score");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return lead;
    }
}
