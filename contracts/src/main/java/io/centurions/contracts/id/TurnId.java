package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One run of a Centurion over a burst of messages.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record TurnId(UUID value) implements Id {

    public TurnId {
        Check.present(value, "turnId");
    }

    public static TurnId of(UUID value) {
        return new TurnId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static TurnId parse(String text) {
        return new TurnId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static TurnId random() {
        return new TurnId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
