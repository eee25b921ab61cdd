package io.centurions.evolution.delivery;

import io.centurions.evolution.delivery.DeliveryRepository.Gateway;
import io.centurions.evolution.evolution.EvolutionMessageClient;
import io.centurions.evolution.evolution.SendResult;
import io.centurions.evolution.evolution.ServerInstance;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One call for one bubble, and finding out what became of a call that was cut off. */
@ApplicationScoped
class SendBubble {

    private static final Set<String> FILES = Set.of("image", "audio", "video", "document");

    private final EvolutionMessageClient server;
    private final UnknownRepository unknown;
    private final FindSent findSent;
    private final DeliveryConfig config;
    private final MeterRegistry metrics;

    SendBubble(
            EvolutionMessageClient server,
            UnknownRepository unknown,
            FindSent findSent,
            DeliveryConfig config,
            MeterRegistry metrics) {
        this.server = server;
        this.unknown = unknown;
        this.findSent = findSent;
        this.config = config;
        this.metrics = metrics;
    }

    /** Shows typing. Best effort: a failure is counted and changes nothing. */
    void showTyping(Delivery delivery, Gateway gateway, Duration howLong) {
        server.composing(at(delivery, gateway), delivery.chatRef(), howLong).whenComplete((done, failure) -> {
            if (failure != null) {
                metrics.counter("presence_failed_total").increment();
            }
        });
    }

    /** Calls once and says how it ended. What is unknown is looked for at the server while it may still be storing it. */
    Ended send(Delivery delivery, Gateway gateway, Bubble bubble, ClaimEnd end) throws InterruptedException {
        return switch (call(delivery, gateway, bubble)) {
            case SendResult.Accepted(var id) -> Ended.accepted(id);
            case SendResult.TryLater(var reason, var after) -> later(reason, after);
            case SendResult.Refused(var reason) -> Ended.refused(reason);
            case SendResult.Unknown(var reason) -> found(delivery, gateway, bubble, reason, config.lookUps(), end);
        };
    }

    /** What became of a call that somebody else began: ours if the server has it, unknown if not. Never called again. */
    Ended resolve(Delivery delivery, Gateway gateway, Bubble bubble, ClaimEnd end) throws InterruptedException {
        return found(delivery, gateway, bubble, "worker_died", List.of(Duration.ZERO), end);
    }

    private Ended later(String reason, Duration after) {
        metrics.counter("bubble_later_total", "reason", reason).increment();
        return Ended.later(reason, after);
    }

    private static ServerInstance at(Delivery delivery, Gateway gateway) {
        return new ServerInstance(delivery.company(), gateway.serverName());
    }

    private SendResult call(Delivery delivery, Gateway gateway, Bubble bubble) {
        if (bubble.kind().equals("text")) {
            return server.sendText(at(delivery, gateway), delivery.chatRef(), bubble.text());
        }
        String media =
                bubble.media().path("url").asText(bubble.media().path("base64").asText(""));
        if (!FILES.contains(bubble.kind()) || media.isEmpty()) {
            return new SendResult.Refused("nothing_to_send");
        }
        return server.sendMedia(
                at(delivery, gateway),
                delivery.chatRef(),
                bubble.kind(),
                media,
                bubble.media().path("mime").asText(null),
                bubble.media().path("file_name").asText(null),
                bubble.text());
    }

    // The bubble stays on the wire meanwhile, so its echo, which may come before the store has it, is not taken for a
    // person's: settling reads it. Without the server's store only the echo can tell. No look outlasts the claim, or a
    // successor would take us for dead. UnknownBubbles looks again later.
    private Ended found(
            Delivery delivery, Gateway gateway, Bubble bubble, String why, List<Duration> waits, ClaimEnd end)
            throws InterruptedException {
        var calledAt = unknown.calledAt(delivery, bubble.id());
        for (Duration wait : waits) {
            if (end.comesWithin(wait)) {
                break;
            }
            var ours = findSent.find(delivery, gateway, bubble.text(), calledAt, end.left());
            if (ours.isPresent()) {
                return Ended.accepted(ours.get());
            }
        }
        metrics.counter("bubble_unknown_total", "reason", why).increment();
        return Ended.unknown(why);
    }
}
