package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * Where and when a webhook came in, with what its envelope adds.
 *
 * @param ownJid our own account, null before pairing
 * @param saidAt the server's clock in its own false UTC, null when it gives none
 */
record Arrival(UUID instance, Instant receivedAt, String ownJid, Instant saidAt) {

    Arrival(UUID instance, Instant receivedAt, JsonNode envelope) {
        this(instance, receivedAt, Wire.text(envelope.path("sender")), Wire.dateTime(envelope.path("date_time")));
    }

    /** What a repeat of one fact repeats. Directions are seen from us. */
    static String key(Chat chat, boolean fromMe, String what, String providerId, String revision) {
        return String.join("|", chat.ref(), fromMe ? "out" : "in", what, providerId, revision);
    }
}
