package io.centurions.runtime.deliver;

import io.centurions.platform.loops.Claim;
import io.centurions.platform.loops.ClaimLoop;
import io.centurions.platform.tenancy.Trace;
import io.centurions.runtime.reply.PlannedReplies;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** The loop that finds conversations with something to deliver. Driven from PostgreSQL; a wake only makes it sooner. */
@ApplicationScoped
class Deliveries implements PlannedReplies {

    private static final String[] CHANNELS = {"instagram", "telegram"};

    private final DeliveryConfig config;
    private final DeliverReply deliver;
    private final ClaimLoop<Delivery> loop;

    Deliveries(BubbleRepository bubbles, DeliverReply deliver, DeliveryTools tools) {
        this.config = tools.config();
        this.deliver = deliver;
        this.loop = new ClaimLoop<>(
                        "deliveries",
                        config.atOnce(),
                        config.poll(),
                        most -> Claim.of(bubbles.claimConversations(CHANNELS, most, config.lease())),
                        this::deliver)
                .endsBringNothing()
                .metered(tools.meters())
                .failingTo("runbook delivery")
                .naming(delivery -> Map.of(
                        "company_id", delivery.company().toString(),
                        "conversation_id", delivery.conversation().toString()));
    }

    @Override
    public void planned() {
        loop.wake();
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    // With the other loops' claims, before any of them waits for what runs.
    void close(@Observes @Priority(8) ShutdownEvent stopping) {
        loop.close();
    }

    // A call on the wire ends and is settled; the rest of its reply is given back to another replica.
    void stop(@Observes @Priority(40) ShutdownEvent stopping) {
        loop.stop(config.grace());
    }

    private void deliver(Delivery delivery) {
        Trace.run(Trace.started(null), () -> deliver.deliver(delivery, loop.closing()));
    }
}
