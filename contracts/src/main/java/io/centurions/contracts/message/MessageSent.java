package io.centurions.contracts.message;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.MayBeAbsent;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.MessageId;
import io.centurions.contracts.id.ReplyId;
import java.time.Instant;

/**
 * A bubble of ours came one step further: the provider took it, the lead got it or read it, or it failed.
 *
 * <p>One event per step, at least once and in any order: READ may come before DELIVERED or without it. A consumer
 * keeps the furthest step. The text is not carried.
 *
 * @param message      the bubble
 * @param conversation where it was sent
 * @param reply        the reply it belongs to; absent for what a person wrote on the phone
 * @param position     place of the bubble in its reply, from 0
 * @param state        the step that was reached
 * @param at           when, by the provider's clock where it tells, else by ours
 */
public record MessageSent(
        MessageId message,
        ConversationId conversation,
        @MayBeAbsent ReplyId reply,
        int position,
        State state,
        Instant at)
        implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "message.sent";

    /**
     * UNKNOWN: the call ended without an answer and the provider cannot be asked. SUPERSEDED: never sent, the lead
     * wrote first.
     */
    public enum State {
        ACCEPTED,
        DELIVERED,
        READ,
        FAILED,
        UNKNOWN,
        SUPERSEDED,
        OTHER
    }

    public MessageSent {
        Check.present(message, "message");
        Check.present(conversation, "conversation");
        Check.notNegative(position, "position");
        Check.present(state, "state");
        Check.present(at, "at");
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
