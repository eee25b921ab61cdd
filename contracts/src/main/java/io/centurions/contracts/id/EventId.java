package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One published fact; also its idempotency key, the same in every repeat.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record EventId(UUID value) implements Id {

    public EventId {
        Check.present(value, "eventId");
    }

    public static EventId of(UUID value) {
        return new EventId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static EventId parse(String text) {
        return new EventId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static EventId random() {
        return new EventId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
