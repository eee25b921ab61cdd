package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * A web form that brings leads.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record FormId(UUID value) implements Id {

    public FormId {
        Check.present(value, "formId");
    }

    public static FormId of(UUID value) {
        return new FormId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static FormId parse(String text) {
        return new FormId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static FormId random() {
        return new FormId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
