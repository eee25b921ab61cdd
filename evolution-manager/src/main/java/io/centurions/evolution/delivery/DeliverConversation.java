package io.centurions.evolution.delivery;

import io.centurions.evolution.delivery.DeliveryRepository.Gateway;
import io.centurions.evolution.evolution.EvolutionConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Delivers what is planned in one conversation, bubble by bubble, until nothing is left, the lease is lost or we are stopping. The
 * twin of the loop of Instagram and Telegram in agent-runtime; the state machine of both is in SQL.
 *
 * <p>Nothing waits between a claim and its call: a takeover that commits after the claim may see that one call end, and no other.
 */
@ApplicationScoped
class DeliverConversation {

    private static final Logger LOG = Logger.getLogger(DeliverConversation.class);
    // Between the call's own time-out and the moment we know of it.
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final DeliveryRepository deliveries;
    private final SendBubble send;
    private final DeliveryConfig config;
    private final Duration callTimeout;

    DeliverConversation(
            DeliveryRepository deliveries, SendBubble send, DeliveryConfig config, EvolutionConfig evolution) {
        this.deliveries = deliveries;
        this.send = send;
        this.config = config;
        this.callTimeout = evolution.callTimeout().plus(SLACK);
    }

    void deliver(Delivery delivery, CountDownLatch stopping) throws InterruptedException {
        Gateway gateway = deliveries.gateway(delivery);
        if (gateway == null) {
            // The lease runs out and is claimed again: the instance may yet be provided.
            LOG.warn("no WhatsApp instance to deliver through");
            return;
        }
        if (!deliveries.machineSpeaks(delivery)) {
            deliveries.release(delivery);
            return;
        }
        send.showTyping(delivery, gateway, config.pace().beforeFirst());
        boolean stopped = stopping.await(config.pace().beforeFirst().toMillis(), TimeUnit.MILLISECONDS);
        UUID typingFor = null;
        while (!stopped) {
            long claimedAt = System.nanoTime();
            switch (deliveries.claimBubble(delivery, config.lease(), callTimeout)) {
                case Claimed.Wait(var bubble, var howLong) -> {
                    if (!bubble.id().equals(typingFor)) {
                        send.showTyping(delivery, gateway, howLong);
                        typingFor = bubble.id();
                    }
                    stopped = stopping.await(howLong.toMillis(), TimeUnit.MILLISECONDS);
                }
                case Claimed.Send(var bubble) -> {
                    if (!settled(delivery, bubble, sent(delivery, gateway, bubble, claimedAt, stopping))) {
                        return;
                    }
                }
                case Claimed.Resolve(var bubble) -> {
                    if (!settled(delivery, bubble, send.resolve(delivery, gateway, bubble, stopping))) {
                        return;
                    }
                }
                case Claimed.Nothing nothing -> stopped = true;
            }
        }
        deliveries.release(delivery);
    }

    // A stopped clock (suspended machine, long pause) may have eaten the lease: then somebody else may be about to
    // call.
    private Ended sent(Delivery delivery, Gateway gateway, Bubble bubble, long claimedAt, CountDownLatch stopping)
            throws InterruptedException {
        Duration left = config.lease().minusNanos(System.nanoTime() - claimedAt);
        return left.compareTo(callTimeout) < 0
                ? Ended.later("no_time_left")
                : send.send(delivery, gateway, bubble, stopping);
    }

    /** Whether the delivery goes on. */
    private boolean settled(Delivery delivery, Bubble bubble, Ended ended) {
        boolean ours = deliveries.settle(delivery, bubble, ended);
        LOG.infof(
                "bubble ended as %s%s message_id=%s",
                ended.outcome(), ended.reason() == null ? "" : " (" + ended.reason() + ")", bubble.id());
        return ours && !ended.endsTheDelivery();
    }
}
