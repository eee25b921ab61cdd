package io.centurions.runtime.intake;

import io.centurions.contracts.message.MessageReceived;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.runtime.closure.BurstDeadline;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A lead wrote, on any channel. A hint that changes nothing in the database, so it may be repeated or lost: it sets an alarm at the
 * burst's deadline, which the loop would find by itself a little later.
 */
@ApplicationScoped
class MessageReceivedConsumer implements WorkConsumer<MessageReceived> {

    private final BurstDeadline deadline;

    MessageReceivedConsumer(BurstDeadline deadline) {
        this.deadline = deadline;
    }

    @Override
    public Class<MessageReceived> event() {
        return MessageReceived.class;
    }

    @Override
    public Outcome handle(Received<MessageReceived> received) {
        deadline.watch(received.company(), received.event().conversation());
        return Outcome.done();
    }
}
