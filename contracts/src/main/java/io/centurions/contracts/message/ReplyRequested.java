package io.centurions.contracts.message;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.ReplyId;

/**
 * A reply of one or more bubbles is ready to be delivered on WhatsApp.
 *
 * <p>Written in the transaction that stored the bubbles. At least once: a repeat has the same event id. Delivery
 * is driven from the planned bubbles in the database, so this event only wakes the courier: late, repeated or
 * lost, no bubble is sent twice or forgotten.
 *
 * <p>Replies on Instagram and Telegram are delivered by the service that writes them and are not announced here.
 * That something was sent is told by MessageSent.
 *
 * @param reply        the reply
 * @param conversation where it goes
 * @param instance     the number it leaves from
 * @param channel      where that instance lives
 * @param purpose      why it is sent
 * @param bubbles      how many bubbles it has, from 1
 */
public record ReplyRequested(
        ReplyId reply,
        ConversationId conversation,
        InstanceId instance,
        Channel channel,
        ReplyPurpose purpose,
        int bubbles)
        implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "reply.requested";

    public ReplyRequested {
        Check.present(reply, "reply");
        Check.present(conversation, "conversation");
        Check.present(instance, "instance");
        Check.present(channel, "channel");
        Check.present(purpose, "purpose");
        Check.positive(bubbles, "bubbles");
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
