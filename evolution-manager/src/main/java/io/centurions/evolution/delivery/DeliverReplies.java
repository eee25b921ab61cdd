package io.centurions.evolution.delivery;

import io.centurions.platform.loops.Claim;
import io.centurions.platform.loops.ClaimLoop;
import io.centurions.platform.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Drives delivery from PostgreSQL: claims conversations that have something to say and delivers each on its own virtual thread, a
 * bounded number at once. Woken by requests, and polling besides, so that a lost event only costs a poll.
 */
@ApplicationScoped
public class DeliverReplies {

    private final DeliverConversation conversation;
    private final DeliveryConfig config;
    private final ClaimLoop<Delivery> loop;

    DeliverReplies(
            DeliveryRepository deliveries,
            DeliverConversation conversation,
            DeliveryConfig config,
            MeterRegistry meters) {
        this.conversation = conversation;
        this.config = config;
        this.loop = new ClaimLoop<>(
                        "deliveries",
                        config.conversationsAtOnce(),
                        config.poll(),
                        most -> Claim.of(deliveries.claimDeliveries(most, config.lease())),
                        this::deliver)
                .endsBringNothing()
                .metered(meters)
                .failingTo("runbook delivery")
                .naming(delivery -> Map.of(
                        "company_id", delivery.company().toString(),
                        "conversation_id", delivery.conversation().toString()));
    }

    /** Says that something was planned; returns at once. */
    public void wake() {
        loop.wake();
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    // With the other loops' claims, before any of them waits for what runs.
    void close(@Observes @Priority(8) ShutdownEvent stopped) {
        loop.close();
    }

    // Calls on the wire are waited for, so that their end is known and not for another worker to resolve; what is still
    // planned is given back.
    void stop(@Observes @Priority(40) ShutdownEvent stopped) {
        loop.stop(config.grace());
    }

    private void deliver(Delivery delivery) {
        Trace.run(Trace.started(null), () -> {
            try {
                conversation.deliver(delivery, loop.closing());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
