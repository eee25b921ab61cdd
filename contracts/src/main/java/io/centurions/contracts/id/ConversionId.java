package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One fact that Meta is told about: the row that decides whether it was sent.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record ConversionId(UUID value) implements Id {

    public ConversionId {
        Check.present(value, "conversionId");
    }

    public static ConversionId of(UUID value) {
        return new ConversionId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static ConversionId parse(String text) {
        return new ConversionId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static ConversionId random() {
        return new ConversionId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
