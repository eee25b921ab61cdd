package io.centurions.contracts.lead;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * A Centurion found that a lead will not buy.
 *
 * <p>Written in the transaction of the turn that decided it. At least once: a repeat has the same event id. A
 * later LeadQualified of the same lead overrules it; compare with the lead row.
 *
 * @param lead         the lead
 * @param conversation where it was decided
 * @param reason       a code, never what the lead said
 */
public record LeadDisqualified(LeadId lead, ConversationId conversation, String reason) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "lead.disqualified";

    public LeadDisqualified {
        Check.present(lead, "lead");
        Check.present(conversation, "conversation");
        Check.code(reason, "reason");
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
