package io.centurions.contracts.message;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.MessageId;

/**
 * The media of a received message was fetched and kept, or could not be.
 *
 * <p>Written once per message when the attempts to fetch have ended. At least once: a repeat has the same event
 * id. It may come before MessageReceived of the same message.
 *
 * @param message      the message whose media it is
 * @param conversation where it was said
 * @param kind         what the media is
 * @param state        whether it can be read now
 */
public record MediaStored(MessageId message, ConversationId conversation, MessageKind kind, State state)
        implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "media.stored";

    /** How the fetching ended. */
    public enum State {
        STORED,
        FAILED,
        OTHER
    }

    public MediaStored {
        Check.present(message, "message");
        Check.present(conversation, "conversation");
        Check.present(kind, "kind");
        Check.present(state, "state");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return conversation;
    }
}
