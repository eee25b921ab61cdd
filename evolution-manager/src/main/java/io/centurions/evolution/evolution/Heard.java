package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.providers.Exchange;
import java.time.Duration;
import java.util.function.Predicate;

/** What became of one call of the server. The difference between the last two decides whether a send may be repeated. */
sealed interface Heard {

    /**
     * The server answered.
     *
     * @param body       parsed, or a missing node when it was no JSON
     * @param retryAfter what the server asked for, zero when it did not
     */
    record Answered(int status, JsonNode body, Duration retryAfter) implements Heard {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /**
         * Whether the server itself says to have done it. Failures of connect and restart come as 200 with {@code error: true}, and a
         * gateway before it answers 200 with a page or with JSON of its own.
         *
         * @param own the shape in which the server tells it
         */
        boolean done(Predicate<JsonNode> own) {
            return ok() && own.test(body);
        }

        /** What the server itself says against it, as JSON; empty when somebody before it answered, whatever the status. */
        String refusal() {
            JsonNode words = body.path("response").path("message");
            boolean own = !ok() && body.path("status").asInt() == status && !words.isMissingNode();
            return own ? words.toString() : "";
        }
    }

    /** The request did not leave us: repeating is safe. @param after how long to wait at least */
    record NotSent(String reason, Duration after) implements Heard {}

    /** The request left and no whole answer came: it may have been carried out. */
    record NoAnswer(String reason) implements Heard {
        /** True when it is longer than is kept of one: the next would be as long. */
        boolean tooLong() {
            return new Exchange.Lost(reason).tooLong();
        }
    }
}
