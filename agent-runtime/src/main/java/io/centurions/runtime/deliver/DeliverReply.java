package io.centurions.runtime.deliver;

import io.centurions.platform.loops.Closing;
import io.centurions.platform.tenancy.KeepTrying;
import io.centurions.runtime.deliver.AccessTokens.Access;
import io.centurions.runtime.deliver.BubbleRepository.Settlement;
import io.centurions.runtime.deliver.Courier.Address;
import io.centurions.runtime.deliver.Verdict.Bubble;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Delivers what waits in one conversation, bubble by bubble, until nothing is left. A crash at any instant resumes at the exact
 * bubble: one that was on the wire comes back as {@link Verdict.Resolve} once its call cannot be running any more. What may have
 * arrived is called once more at most, and never sent as new; a call that was held back was none.
 */
@ApplicationScoped
class DeliverReply {

    private static final Logger LOG = Logger.getLogger(DeliverReply.class);
    /** Telegram shows typing for five seconds. */
    private static final Duration TYPING = Duration.ofSeconds(4);

    private static final int CALLS_MOST = 2;
    /** After lease and time-out: how much later a successor resolves what it finds on the wire. */
    private static final Duration ON_THE_WIRE = Duration.ofSeconds(5);

    private final BubbleRepository bubbles;
    private final AccessTokens tokens;
    private final ReportChannel channels;
    private final Map<String, Courier> couriers;
    private final DeliveryTools tools;

    DeliverReply(
            BubbleRepository bubbles,
            AccessTokens tokens,
            ReportChannel channels,
            @All List<Courier> couriers,
            DeliveryTools tools) {
        this.bubbles = bubbles;
        this.tokens = tokens;
        this.channels = channels;
        this.couriers = couriers.stream().collect(Collectors.toMap(Courier::channel, Function.identity()));
        this.tools = tools;
    }

    /** @param closing between bubbles and during waits: then the rest is left to another replica */
    void deliver(Delivery delivery, Closing closing) {
        Courier courier = couriers.get(delivery.channel());
        Optional<Access> access = tokens.access(delivery.company(), delivery.instance());
        Optional<Address> to = access.map(opened -> new Address(delivery.company(), opened.token(), delivery.chat()));
        Delivery held = delivery;
        boolean ours = true;
        while (ours && !closing.hasBegun()) {
            long claimedAt = System.nanoTime();
            switch (claim(held)) {
                case Verdict.Send(Bubble bubble) -> {
                    Optional<SendResult> sent = send(held, to, bubble, claimedAt, closing);
                    ours = sent.isEmpty() || ended(held, access, bubble, sent.get());
                }
                case Verdict.Resolve(Bubble bubble) ->
                    ours = ended(held, access, bubble, resolve(held, to, bubble, claimedAt));
                case Verdict.Wait(Duration left) -> waitTyping(courier, to, left, closing);
                case Verdict.Again(Delivery renewed) -> held = renewed;
                // The claim has given the conversation back.
                case Verdict.None none -> {
                    return;
                }
            }
        }
        bubbles.release(held);
    }

    // A claim whose answer is lost may have put a bubble on the wire, and only we know that nothing is there.
    private Verdict claim(Delivery delivery) {
        return KeepTrying.orTakenBack(
                patience(),
                () -> bubbles.claimNext(
                        delivery, tools.config().lease(), tools.config().callTimeout()),
                () -> bubbles.renew(delivery, tools.config().lease()));
    }

    // Then a successor has resolved what it found on the wire.
    private Duration patience() {
        return tools.config().lease().plus(tools.config().callTimeout()).plus(ON_THE_WIRE);
    }

    // Typing is a call too: it begins right after the claim that allowed it, as a send does. Within half the lease the
    // claim is renewed.
    private void waitTyping(Courier courier, Optional<Address> to, Duration left, Closing closing) {
        long until = System.nanoTime() + left.toNanos();
        to.ifPresent(courier::typing);
        Duration most = shorter(TYPING, tools.config().lease().dividedBy(2));
        pause(shorter(Duration.ofNanos(until - System.nanoTime()), most), closing);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void pause(Duration wait, Closing closing) {
        try {
            closing.beginsWithin(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return empty when we are ending and a successor is to say it once more: there is no time for another call */
    private Optional<SendResult> send(
            Delivery delivery, Optional<Address> to, Bubble bubble, long claimedAt, Closing closing) {
        if (to.isEmpty()) {
            return Optional.of(new SendResult.TryLater(Duration.ZERO, "no_token", true));
        }
        Courier courier = couriers.get(delivery.channel());
        SendResult result = callInTime(courier, to.get(), bubble, claimedAt);
        if (!(result instanceof SendResult.Unknown)) {
            return Optional.of(result);
        }
        if (courier.echoesWhatWeSend()) {
            // The bubble stays on the wire meanwhile, so an echo of its words is not taken for a person's; settling
            // reads it.
            pause(tools.config().echoPatience(), closing);
        }
        if (closing.hasBegun() && mayRepeat(courier, bubble)) {
            return Optional.empty();
        }
        return Optional.of(repeated(delivery, to.get(), bubble).orElse(result));
    }

    // Nobody can say whether it arrived: a text is said once more, which is better than a hole in the reply. The repeat
    // is written down before it is made, so that it counts even if we die on it. Where that answer is lost, it is
    // counted again: a count too many only keeps others from calling.
    private Optional<SendResult> repeated(Delivery delivery, Address to, Bubble bubble) {
        Courier courier = couriers.get(delivery.channel());
        long allowedAt = System.nanoTime();
        boolean again = bubble.attempt() < CALLS_MOST && mayRepeat(courier, bubble) && counted(delivery, bubble);
        return again ? Optional.of(sayAgain(delivery, to, bubble, allowedAt)) : Optional.empty();
    }

    private boolean counted(Delivery delivery, Bubble bubble) {
        return KeepTrying.untilWritten(
                patience(),
                () -> bubbles.countRepeat(
                        delivery,
                        bubble.id(),
                        tools.config().lease(),
                        tools.config().callTimeout()));
    }

    private SendResult resolve(Delivery delivery, Optional<Address> to, Bubble bubble, long claimedAt) {
        Courier courier = couriers.get(delivery.channel());
        boolean repeat = to.isPresent() && bubble.attempt() <= CALLS_MOST && mayRepeat(courier, bubble);
        return repeat ? sayAgain(delivery, to.get(), bubble, claimedAt) : new SendResult.Unknown("interrupted");
    }

    private static boolean mayRepeat(Courier courier, Bubble bubble) {
        return courier.repeatsInterruptedText() && bubble.content().isText();
    }

    // The lead may read it twice. Its row says so (certainty in unknown_bubbles_v1); here it is counted and logged.
    private SendResult sayAgain(Delivery delivery, Address to, Bubble bubble, long allowedAt) {
        SendResult second = callInTime(couriers.get(delivery.channel()), to, bubble, allowedAt);
        if (second instanceof SendResult.Accepted || second instanceof SendResult.Unknown) {
            tools.meters()
                    .counter("bubble_said_again_total", "channel", delivery.channel())
                    .increment();
            LOG.warnf("a bubble on %s was said once more message_id=%s", delivery.channel(), bubble.id());
        }
        // The call before may have arrived, and no refusal of a later one changes that. One that was held back is made
        // when it is due: the database remembers the call before.
        return second instanceof SendResult.Refused(String reason) ? new SendResult.Unknown(reason) : second;
    }

    // A pause of this process may have eaten the lease: then somebody else may be about to call. A call that
    // begins within the lease has ended by lease and time-out; nobody resolves it before that and five seconds.
    private SendResult callInTime(Courier courier, Address to, Bubble bubble, long allowedAt) {
        if (System.nanoTime() - allowedAt > tools.config().lease().toNanos()) {
            return new SendResult.TryLater(Duration.ZERO, "lease_is_over");
        }
        return courier.send(to, bubble.content(), tools.config().callTimeout());
    }

    /** @return false when the conversation is no longer ours */
    private boolean ended(Delivery delivery, Optional<Access> access, Bubble bubble, SendResult result) {
        boolean ours = settle(delivery, bubble, result);
        if (result instanceof SendResult.Accepted
                && access.filter(Access::standsBroken).isPresent()) {
            channels.works(delivery);
        }
        return ours;
    }

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
                written(delivery, bubble, new Settlement("accepted", providerId, null, null));
            case SendResult.Unknown(String reason) -> {
                LOG.warnf("a bubble on %s is unknown message_id=%s", delivery.channel(), bubble.id());
                yield written(delivery, bubble, new Settlement("unknown", null, code(reason), null));
            }
            case SendResult.TryLater(Duration after, String reason, boolean channelBroken) -> {
                written(delivery, bubble, new Settlement("later", null, code(reason), after));
                if (channelBroken) {
                    channels.broken(delivery);
                }
                yield false;
            }
            case SendResult.Refused(String reason) -> {
                LOG.warnf("%s refused a bubble for good (%s) message_id=%s", delivery.channel(), reason, bubble.id());
                yield written(delivery, bubble, new Settlement("refused", null, reason, null));
            }
        };
    }

    // Nobody else knows how the call ended. Should a successor have resolved the bubble by then, it has another
    // fence: only "accepted", which is a fact, still counts.
    private boolean written(Delivery delivery, Bubble bubble, Settlement ended) {
        return KeepTrying.untilWritten(patience(), () -> bubbles.settle(delivery, bubble.id(), ended));
    }

    private static String code(String reason) {
        return reason.replaceAll("\\W+", "_").toLowerCase(Locale.ROOT);
    }
}
