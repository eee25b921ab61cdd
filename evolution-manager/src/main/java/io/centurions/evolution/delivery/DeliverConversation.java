package io.centurions.evolution.delivery;

import io.centurions.evolution.delivery.DeliveryRepository.Gateway;
import io.centurions.evolution.delivery.DeliveryRepository.Opening;
import io.centurions.evolution.delivery.DeliveryRepository.Settled;
import io.centurions.evolution.evolution.EvolutionConfig;
import io.centurions.platform.loops.Closing;
import io.centurions.platform.tenancy.KeepTrying;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
    static final Duration SLACK = Duration.ofSeconds(1);
    // After lease and time-out: how much later a successor resolves what it finds on the wire.
    private static final Duration ON_THE_WIRE = Duration.ofSeconds(5);

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

    void deliver(Delivery delivery, Closing closing) throws InterruptedException {
        Opening opening = deliveries.opening(delivery).orElse(null);
        if (opening == null) {
            // The lease runs out and is claimed again: the instance may yet be provided.
            LOG.warn("no WhatsApp instance to deliver through");
            return;
        }
        if (!opening.machineSpeaks()) {
            deliveries.release(delivery);
            return;
        }
        deliver(delivery, opening.gateway(), closing);
    }

    private void deliver(Delivery delivery, Gateway gateway, Closing closing) throws InterruptedException {
        send.showTyping(delivery, gateway, config.pace().beforeFirst());
        boolean stopped = closing.beginsWithin(config.pace().beforeFirst());
        Delivery held = delivery;
        while (!stopped) {
            long claimedAt = System.nanoTime();
            switch (claim(held)) {
                case Claimed.Wait(var bubble, var howLong) -> {
                    Duration part = withinHalfTheLease(howLong);
                    send.showTyping(held, gateway, part);
                    stopped = closing.beginsWithin(part);
                }
                case Claimed.Send(var bubble) -> {
                    if (!settled(held, bubble, sent(held, gateway, bubble, claimedAt, closing))) {
                        return;
                    }
                    stopped = closing.hasBegun();
                }
                case Claimed.Resolve(var bubble) -> {
                    if (!settled(held, bubble, send.resolve(held, gateway, bubble, end(claimedAt, closing)))) {
                        return;
                    }
                    stopped = closing.hasBegun();
                }
                case Claimed.Again(var renewed) -> {
                    held = renewed;
                    stopped = closing.hasBegun();
                }
                case Claimed.Nothing nothing -> {
                    return;
                }
            }
        }
        deliveries.release(held);
    }

    // A claim whose answer is lost may have put a bubble on the wire, and only we know that nothing is there.
    private Claimed claim(Delivery delivery) {
        return KeepTrying.orTakenBack(
                patience(),
                () -> deliveries.claimBubble(delivery, config.lease(), callTimeout),
                () -> deliveries.renew(delivery, config.lease()));
    }

    // Then a successor has resolved what it found on the wire.
    private Duration patience() {
        return config.lease().plus(callTimeout).plus(ON_THE_WIRE);
    }

    // So that the claim is renewed in time, and typing, which nobody can take back, ends soon after a person came.
    private Duration withinHalfTheLease(Duration howLong) {
        Duration most = config.lease().dividedBy(2);
        return howLong.compareTo(most) < 0 ? howLong : most;
    }

    // A stopped clock (suspended machine, long pause) may have eaten the lease: then somebody else may be about
    // to call. A call that begins within the lease has ended by lease and time-out; nobody resolves it before
    // that and five seconds.
    private Ended sent(Delivery delivery, Gateway gateway, Bubble bubble, long claimedAt, Closing closing)
            throws InterruptedException {
        return System.nanoTime() - claimedAt > config.lease().toNanos()
                ? Ended.later("lease_is_over", Duration.ZERO)
                : send.send(delivery, gateway, bubble, end(claimedAt, closing));
    }

    private ClaimEnd end(long claimedAt, Closing closing) {
        return ClaimEnd.of(closing, claimedAt, config.lease(), callTimeout);
    }

    /** Whether the delivery goes on. */
    private boolean settled(Delivery delivery, Bubble bubble, Ended ended) {
        // Nobody else knows how the call ended. Should a successor have resolved the bubble by then, it has another
        // fence: only "accepted", which is a fact, still counts.
        Settled settled = KeepTrying.untilWritten(patience(), () -> deliveries.settle(delivery, bubble.id(), ended));
        // What went well stands in the row. What did not is tried again for days, or never: somebody should see it.
        LOG.logf(
                ended.reason() == null ? Logger.Level.DEBUG : Logger.Level.WARN,
                "bubble ended as %s (%s) instance_id=%s message_id=%s",
                ended.outcome(),
                ended.reason(),
                delivery.instance(),
                bubble.id());
        return settled.ours() && !settled.last() && !ended.endsTheDelivery();
    }
}
