package io.centurions.contracts.lead;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.MayBeAbsent;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * A person reached a company for the first time, by a message or by a web form.
 *
 * <p>Written once per lead and company, in the transaction that stored the lead. At least once: a repeat has the
 * same event id. A form filled in twice within a day by the same person is one event; filled in again later it is told
 * again, with a new event id and the same lead, so that the returning lead is answered.
 *
 * @param lead         the new lead
 * @param source       what brought it
 * @param conversation the conversation it opened; absent where there is none yet
 */
public record LeadCreated(
        LeadId lead, LeadSource source, @MayBeAbsent ConversationId conversation) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "lead.created";

    public LeadCreated {
        Check.present(lead, "lead");
        Check.present(source, "source");
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
