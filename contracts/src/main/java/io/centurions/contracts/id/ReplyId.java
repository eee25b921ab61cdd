package io.centurions.contracts.id;

import io.centurions.contracts.Check;
import io.centurions.contracts.Uuid7;
import java.util.UUID;

/**
 * One reply of 1..n bubbles, delivered in order.
 *
 * @param value the identifier as stored and as written on the wire
 */
public record ReplyId(UUID value) implements Id {

    public ReplyId {
        Check.present(value, "replyId");
    }

    public static ReplyId of(UUID value) {
        return new ReplyId(value);
    }

    /** Reads the canonical text form; anything else is an IllegalArgumentException. */
    public static ReplyId parse(String text) {
        return new ReplyId(UUID.fromString(text));
    }

    /** A new identifier, later than any that this process made before. */
    public static ReplyId random() {
        return new ReplyId(Uuid7.next());
    }

    /** The bare UUID, as logs and addresses spell it. */
    @Override
    public String toString() {
        return value.toString();
    }
}
