package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * A deal in the company's own schema.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record DealId(UUID value) implements Id {

    public DealId {
        Check.present(value, "dealId");
    }

    public static DealId of(UUID value) {
        return new DealId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static DealId parse(String text) {
        return new DealId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static DealId random() {
        return new DealId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
