package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One hand-over of a qualified lead; a lead may be handed over again later under another one.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record HandoffId(UUID value) implements Id {

    public HandoffId {
        Check.present(value, "handoffId");
    }

    public static HandoffId of(UUID value) {
        return new HandoffId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static HandoffId parse(String text) {
        return new HandoffId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static HandoffId random() {
        return new HandoffId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
