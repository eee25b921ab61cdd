package io.centurions.platform.webhooks;

import java.time.Instant;
import java.util.UUID;

/**
 * A webhook as it came, read back.
 *
 * @param state {@code applied parked reprocessed discarded}
 */
public record KeptWebhook(UUID id, Origin origin, String state, byte[] body, Instant receivedAt) {

    boolean parked() {
        return "parked".equals(state);
    }

    @Override
    public String toString() {
        return "KeptWebhook[" + id + "]";
    }
}
