package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * A person who wrote to a company or left a form there, whatever the channel.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record LeadId(UUID value) implements Id {

    public LeadId {
        Check.present(value, "leadId");
    }

    public static LeadId of(UUID value) {
        return new LeadId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static LeadId parse(String text) {
        return new LeadId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static LeadId random() {
        return new LeadId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
