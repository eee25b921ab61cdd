package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One message of a conversation: what a lead wrote, or one bubble of ours.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record MessageId(UUID value) implements Id {

    public MessageId {
        Check.present(value, "messageId");
    }

    public static MessageId of(UUID value) {
        return new MessageId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static MessageId parse(String text) {
        return new MessageId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static MessageId random() {
        return new MessageId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
