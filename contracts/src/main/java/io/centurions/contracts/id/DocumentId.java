package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * A document of a knowledge base.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record DocumentId(UUID value) implements Id {

    public DocumentId {
        Check.present(value, "documentId");
    }

    public static DocumentId of(UUID value) {
        return new DocumentId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static DocumentId parse(String text) {
        return new DocumentId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static DocumentId random() {
        return new DocumentId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
