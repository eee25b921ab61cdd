package io.centurions.contracts.message;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.id.MessageId;
import java.time.Instant;

/**
 * A lead wrote to one of our companies, on any channel.
 *
 * <p>One event per provider message, at least once: consumers survive a repeat. No order is promised; {@code seq}
 * grows with each message of the conversation. What was written is not carried: read it as that company.
 *
 * <p>It is a hint. That an answer is due is decided by the deadline in the conversation row, which is there even
 * if this event is lost.
 *
 * @param message      the stored message
 * @param conversation where it was said
 * @param lead         who wrote
 * @param instance     the number, account or bot that was written to
 * @param channel      where that instance lives
 * @param kind         what it is made of; media may still be on its way, see MediaStored
 * @param seq          position among the inbound messages of the conversation, from 1
 * @param writtenAt    the provider's clock, which may run seconds ahead of ours
 */
public record MessageReceived(
        MessageId message,
        ConversationId conversation,
        LeadId lead,
        InstanceId instance,
        Channel channel,
        MessageKind kind,
        long seq,
        Instant writtenAt)
        implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "message.received";

    public MessageReceived {
        Check.present(message, "message");
        Check.present(conversation, "conversation");
        Check.present(lead, "lead");
        Check.present(instance, "instance");
        Check.present(channel, "channel");
        Check.present(kind, "kind");
        Check.positive(seq, "seq");
        Check.present(writtenAt, "writtenAt");
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
