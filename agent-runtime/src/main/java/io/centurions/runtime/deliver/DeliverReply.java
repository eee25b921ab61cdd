package io.centurions.runtime.deliver;

import io.centurions.runtime.deliver.Courier.Address;
import io.centurions.runtime.deliver.Verdict.Bubble;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Delivers what waits in one conversation, bubble by bubble, until nothing is left. A crash at any instant resumes at the exact
 * bubble: one that was on the wire comes back as {@link Verdict.Resolve} once its call cannot be running any more. No bubble is
 * called more than twice, and one that may have arrived is never put back.
 */
@ApplicationScoped
class DeliverReply {

    private static final Logger LOG = Logger.getLogger(DeliverReply.class);
    /** Telegram shows typing for five seconds. */
    private static final Duration TYPING = Duration.ofSeconds(4);

    private static final int CALLS_MOST = 2;

    private final BubbleRepository bubbles;
    private final AccessTokens tokens;
    private final ReportBrokenChannel broken;
    private final Map<String, Courier> couriers;
    private final DeliveryTools tools;

    DeliverReply(
            BubbleRepository bubbles,
            AccessTokens tokens,
            ReportBrokenChannel broken,
            @All List<Courier> couriers,
            DeliveryTools tools) {
        this.bubbles = bubbles;
        this.tokens = tokens;
        this.broken = broken;
        this.couriers = couriers.stream().collect(Collectors.toMap(Courier::channel, Function.identity()));
        this.tools = tools;
    }

    /** @param stopping asked between bubbles: then the rest is left to another replica */
    void deliver(Delivery delivery, BooleanSupplier stopping) {
        Courier courier = couriers.get(delivery.channel());
        Optional<Address> to = tokens.accessToken(delivery.company(), delivery.instance())
                .map(token -> new Address(token, delivery.chat()));
        boolean ours = true;
        while (ours && !stopping.getAsBoolean()) {
            long claimedAt = System.nanoTime();
            Verdict verdict = bubbles.claimNext(
                    delivery, tools.config().lease(), tools.config().callTimeout());
            switch (verdict) {
                case Verdict.Send(Bubble bubble) ->
                    ours = settle(delivery, bubble, send(delivery, to, bubble, claimedAt));
                case Verdict.Resolve(Bubble bubble) ->
                    ours = settle(delivery, bubble, resolve(delivery, to, bubble, claimedAt));
                case Verdict.Wait(Duration left) -> waitTyping(courier, to, left);
                case Verdict.None none -> ours = false;
            }
        }
        bubbles.release(delivery);
    }

    private void waitTyping(Courier courier, Optional<Address> to, Duration left) {
        long until = System.nanoTime() + left.toNanos();
        to.ifPresent(courier::typing);
        long rest = Math.min(until - System.nanoTime(), TYPING.toNanos());
        if (rest > 0) {
            tools.pause().forAbout(Duration.ofNanos(rest));
        }
    }

    private SendResult send(Delivery delivery, Optional<Address> to, Bubble bubble, long claimedAt) {
        if (to.isEmpty()) {
            return new SendResult.Refused("no_token", true);
        }
        Courier courier = couriers.get(delivery.channel());
        SendResult result = callInTime(courier, to.get(), bubble, claimedAt);
        // Nobody can say whether it arrived: a text is said once more, which is better than a hole in the reply. The
        // repeat is
        // written down before it is made, so that it counts even if we die on it.
        boolean again = result instanceof SendResult.Unknown
                && bubble.attempt() < CALLS_MOST
                && mayRepeat(courier, bubble)
                && bubbles.countRepeat(delivery, bubble.id());
        return again ? afterUnknown(delivery, callInTime(courier, to.get(), bubble, claimedAt)) : result;
    }

    private SendResult resolve(Delivery delivery, Optional<Address> to, Bubble bubble, long claimedAt) {
        Courier courier = couriers.get(delivery.channel());
        boolean repeat = to.isPresent() && bubble.attempt() <= CALLS_MOST && mayRepeat(courier, bubble);
        return repeat
                ? afterUnknown(delivery, callInTime(courier, to.get(), bubble, claimedAt))
                : new SendResult.Unknown("interrupted");
    }

    private static boolean mayRepeat(Courier courier, Bubble bubble) {
        return courier.repeatsInterruptedText() && bubble.content().isText();
    }

    // The call before may have arrived, and nothing that a later one is told changes that.
    private SendResult afterUnknown(Delivery delivery, SendResult second) {
        return switch (second) {
            case SendResult.Accepted accepted -> accepted;
            case SendResult.Unknown unknown -> unknown;
            case SendResult.TryLater(Duration after, String reason) -> new SendResult.Unknown(reason);
            case SendResult.Refused(String reason, boolean channelBroken) -> {
                if (channelBroken) {
                    broken.report(delivery);
                }
                yield new SendResult.Unknown(reason);
            }
        };
    }

    // A pause of this process may have eaten the lease: then somebody else may be about to call.
    private SendResult callInTime(Courier courier, Address to, Bubble bubble, long claimedAt) {
        Duration left = tools.config().lease().minusNanos(System.nanoTime() - claimedAt);
        if (left.compareTo(tools.config().callTimeout()) < 0) {
            return new SendResult.TryLater(Duration.ZERO, "lease_nearly_over");
        }
        return courier.send(to, bubble.content(), tools.config().callTimeout());
    }

    /** @return false when the conversation is no longer ours */
    private boolean settle(Delivery delivery, Bubble bubble, SendResult result) {
        tools.meters()
                .counter(
                        "deliveries_total",
                        "channel",
                        delivery.channel(),
                        "outcome",
                        result.getClass().getSimpleName())
                .increment();
        return switch (result) {
            case SendResult.Accepted(String providerId) ->
                bubbles.settle(delivery, bubble.id(), "accepted", providerId, null);
            case SendResult.Unknown(String reason) -> {
                LOG.warnf("a bubble on %s is unknown message_id=%s", delivery.channel(), bubble.id());
                yield bubbles.settle(delivery, bubble.id(), "unknown", null, code(reason));
            }
            case SendResult.TryLater(Duration after, String reason) -> {
                bubbles.settle(delivery, bubble.id(), "later", null, code(reason));
                yield false;
            }
            case SendResult.Refused(String reason, boolean channelBroken) -> {
                LOG.warnf("%s refused a bubble for good (%s) message_id=%s", delivery.channel(), reason, bubble.id());
                boolean settled = bubbles.settle(delivery, bubble.id(), "refused", null, reason);
                if (channelBroken) {
                    broken.report(delivery);
                }
                yield settled;
            }
        };
    }

    private static String code(String reason) {
        return reason.replaceAll("\\W+", "_").toLowerCase(Locale.ROOT);
    }
}
