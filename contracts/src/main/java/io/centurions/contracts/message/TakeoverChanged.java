package io.centurions.contracts.message;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.Id;

/**
 * A person took the conversation from the Centurion, or gave it back.
 *
 * <p>Written in the transaction that changed the conversation row, which is the truth. At least once: a repeat has
 * the same event id. After TAKEN is committed no call of the machine to the provider starts.
 *
 * @param conversation the conversation
 * @param state        who has it now
 * @param by           how it came about
 */
public record TakeoverChanged(ConversationId conversation, State state, By by) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "takeover";

    /** Taken by a person, or returned to the Centurion. */
    public enum State {
        TAKEN,
        RETURNED,
        OTHER
    }

    /**
     * PHONE: somebody answered on the company's phone. SUPERVISOR: in the back office. CENTURION: it asked for a
     * person.
     */
    public enum By {
        PHONE,
        SUPERVISOR,
        CENTURION,
        OTHER
    }

    public TakeoverChanged {
        Check.present(conversation, "conversation");
        Check.present(state, "state");
        Check.present(by, "by");
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
