package io.centurions.runtime.reply;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.id.MessageId;
import io.centurions.contracts.id.ReplyId;
import io.centurions.contracts.id.TurnId;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.contracts.message.ReplyRequested;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores a reply as planned bubbles, in the transaction of the turn that says it, and lets delivery know: by
 * {@link ReplyRequested} for WhatsApp, in this process for the other channels. Lost wakes cost a poll, nothing else.
 */
@ApplicationScoped
public class PlanReply {

    private static final String PLAN_BUBBLES = """
            INSERT INTO core.messages (company_id, id, conversation_id, direction, author, turn_id, reply_id, position, purpose,
                                       seen_seq, kind, text, status, pace_ms, trace)
            SELECT $1, b.id, $2, 'out', 'machine', $3, $4, b.place - 1, $5, $6, 'text', b.said, 'planned', b.pace_ms,
                   jsonb_build_object('correlation_id', $7::text, 'traceparent', $8::text)
              FROM unnest($9::uuid[], $10::text[], $11::int[]) WITH ORDINALITY AS b (id, said, pace_ms, place)
            """;

    private final Outbox outbox;
    private final PaceConfig pace;
    private final PlannedReplies delivery;

    PlanReply(Outbox outbox, PaceConfig pace, PlannedReplies delivery) {
        this.outbox = outbox;
        this.pace = pace;
        this.delivery = delivery;
    }

    /**
     * @param seenSeq the newest message of the lead that the reply knows
     * @return empty when there is nothing to say
     */
    public Optional<ReplyId> plan(
            Tx tx, Conversation conversation, TurnId turn, ReplyPurpose purpose, long seenSeq, Wording wording) {
        List<String> bubbles = SplitIntoBubbles.split(wording.drafts(), ChannelLimit.of(conversation.channel()));
        if (bubbles.isEmpty()) {
            return Optional.empty();
        }
        ReplyId reply = ReplyId.random();
        Trace trace = Trace.current();
        Pace typing = pace.mode() == PaceConfig.Mode.FAST ? Pace.FAST : wording.pace();
        tx.send(
                PLAN_BUBBLES,
                tx.company().value(),
                conversation.id().value(),
                turn.value(),
                reply.value(),
                purpose.name().toLowerCase(Locale.ROOT),
                seenSeq,
                trace.correlationId().toString(),
                trace.traceparent(),
                bubbles.stream().map(bubble -> MessageId.random().value()).toArray(UUID[]::new),
                bubbles.toArray(String[]::new),
                bubbles.stream()
                        .map(bubble -> (int) typing.of(bubble).toMillis())
                        .toArray(Integer[]::new));
        announce(tx, conversation, reply, purpose, bubbles.size());
        return Optional.of(reply);
    }

    private void announce(Tx tx, Conversation conversation, ReplyId reply, ReplyPurpose purpose, int bubbles) {
        if ("whatsapp".equals(conversation.channel())) {
            outbox.append(
                    tx,
                    new ReplyRequested(
                            reply, conversation.id(), conversation.instance(), Channel.WHATSAPP, purpose, bubbles));
        } else {
            tx.afterCommit(delivery::planned);
        }
    }

    /** What is said, in the order it is said, and how fast this company's Centurion types. */
    public record Wording(List<String> drafts, Pace pace) {}
}
