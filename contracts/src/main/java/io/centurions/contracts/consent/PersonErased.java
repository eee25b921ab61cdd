package io.centurions.contracts.consent;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * A person was erased: what identifies them is to disappear from every store.
 *
 * <p>Written after the tombstone that keeps them from coming back. At least once: a repeat has the same event id.
 * Erasing twice is erasing once.
 *
 * @param lead the person, as this company knew them
 */
public record PersonErased(LeadId lead) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "person.erased";

    public PersonErased {
        Check.present(lead, "lead");
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
