package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One lead talking to one channel instance.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record ConversationId(UUID value) implements Id {

    public ConversationId {
        Check.present(value, "conversationId");
    }

    public static ConversationId of(UUID value) {
        return new ConversationId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static ConversationId parse(String text) {
        return new ConversationId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static ConversationId random() {
        return new ConversationId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
