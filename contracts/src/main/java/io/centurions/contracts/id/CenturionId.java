package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * The artificial seller of a company, with its prompt and criteria.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record CenturionId(UUID value) implements Id {

    public CenturionId {
        Check.present(value, "centurionId");
    }

    public static CenturionId of(UUID value) {
        return new CenturionId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static CenturionId parse(String text) {
        return new CenturionId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static CenturionId random() {
        return new CenturionId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
