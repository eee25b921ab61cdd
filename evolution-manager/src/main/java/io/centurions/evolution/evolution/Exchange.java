package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What became of one HTTP call. The difference between the last two decides whether a send may be repeated. */
sealed interface Exchange {

    /**
     * The server answered.
     *
     * @param body       parsed, or a missing node when it was no JSON
     * @param retryAfter what the server asked for, zero when it did not
     */
    record Answered(int status, JsonNode body, Duration retryAfter) implements Exchange {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** Failures of connect and restart come as 200 with {@code error: true}. */
        boolean done() {
            return ok() && !body.path("error").asBoolean(false);
        }
    }

    /** The request did not leave us: repeating is safe. */
    record NotSent(String reason) implements Exchange {}

    /** The request left and no answer came: it may have been carried out. */
    record NoAnswer(String reason) implements Exchange {}
}
