package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.evolution.evolution.Heard.Answered;
import io.centurions.evolution.evolution.Heard.NoAnswer;
import io.centurions.evolution.evolution.Heard.NotSent;
import io.centurions.platform.providers.TurnedAway;
import java.time.Duration;

/**
 * Reads the outcome of a send. Success is a 2xx <em>with</em> {@code key.id}: the official-API integration answers 201 with an
 * error object when Meta refuses.
 */
final class ToSendResult {

    private static final Duration SOON = Duration.ofSeconds(2);

    private ToSendResult() {}

    static SendResult of(Heard heard) {
        return switch (heard) {
            case NotSent(var reason, var after) -> new SendResult.TryLater(reason, after);
            case NoAnswer(var reason) -> new SendResult.Unknown(reason);
            case Answered answered -> of(answered);
        };
    }

    private static SendResult of(Answered answered) {
        String id = answered.body().path("key").path("id").asText("");
        if (answered.ok()) {
            return id.isBlank() ? withoutId(answered) : new SendResult.Accepted(id);
        }
        Duration wait = answered.retryAfter().isZero() ? SOON : answered.retryAfter();
        return switch (answered.status()) {
            case 429, 503 -> new SendResult.TryLater("http_" + answered.status(), wait);
            case 408 -> new SendResult.Unknown("http_408");
            default -> failed(answered, wait);
        };
    }

    // Gateways write a code of theirs into any answer; only what Meta says has Meta's trace.
    private static SendResult withoutId(Answered answered) {
        JsonNode code = answered.body().path("code");
        if (code.isIntegralNumber() && answered.body().path("fbtrace_id").isTextual()) {
            return new SendResult.Refused("graph_" + code.asLong());
        }
        return new SendResult.Unknown("no_message_id");
    }

    // Its message is a sentence or a list of them. Any other 500 may have come after the socket was written.
    private static SendResult failed(Answered answered, Duration wait) {
        String message = answered.body().path("response").path("message").toString();
        if (EvolutionHttp.saysNotConnected(message)) {
            return new SendResult.TryLater("instance_not_connected", wait);
        }
        return answered.status() >= 500 ? new SendResult.Unknown("http_" + answered.status()) : refused(answered, wait);
    }

    // A key that is refused, an instance that a server which has just started does not know yet, a proxy's page or its
    // JSON: the server has looked at no message.
    private static SendResult refused(Answered answered, Duration wait) {
        JsonNode first = answered.body().path("response").path("message").path(0);
        if (first.path("exists").isBoolean() && !first.path("exists").asBoolean()) {
            return new SendResult.Refused("not_on_whatsapp");
        }
        String reason = "http_" + answered.status();
        boolean wordless = answered.refusal().isEmpty();
        if (TurnedAway.by(answered.status())
                || wordless && TurnedAway.bySomebodyElse(answered.status(), answered.retryAfter())) {
            return new SendResult.TryLater(reason, wait);
        }
        return answered.status() < 400 ? new SendResult.Unknown(reason) : new SendResult.Refused(reason);
    }
}
