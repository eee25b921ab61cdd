package io.centurions.contracts.consent;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * A person asked not to be written to any more, or allowed it again.
 *
 * <p>Written in the transaction that stored it. At least once: a repeat has the same event id. A hint: sending
 * checks the stored consent in its own row lock.
 *
 * @param lead  the person, as this company knows them
 * @param state what they want now
 */
public record ConsentChanged(LeadId lead, State state) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "consent.changed";

    /** The wish of the person. */
    public enum State {
        OPTED_OUT,
        OPTED_IN,
        OTHER
    }

    public ConsentChanged {
        Check.present(lead, "lead");
        Check.present(state, "state");
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
