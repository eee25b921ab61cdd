package io.centurions.platform.webhooks;

import java.time.Instant;
import java.util.UUID;

/** A webhook as it came, read back. */
public record KeptWebhook(UUID id, Origin origin, byte[] body, Instant receivedAt) {

    @Override
    public String toString() {
        return "KeptWebhook[" + id + "]";
    }
}
