package io.centurions.evolution.delivery;

import io.centurions.contracts.message.ReplyRequested;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A reply was planned. The rows say what is to be done and are looked at anyway, so the event only wakes the delivery and is done:
 * a paced reply never waits inside a stream.
 */
@ApplicationScoped
public class ReplyRequestedConsumer implements WorkConsumer<ReplyRequested> {

    private final DeliverReplies delivery;

    ReplyRequestedConsumer(DeliverReplies delivery) {
        this.delivery = delivery;
    }

    @Override
    public Class<ReplyRequested> event() {
        return ReplyRequested.class;
    }

    @Override
    public Outcome handle(Received<ReplyRequested> received) {
        delivery.wake();
        return Outcome.done();
    }
}
