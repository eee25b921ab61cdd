package io.centurions.platform.webhooks;

import java.time.Instant;
import java.util.UUID;

/**
 * A kept webhook without its body, which may be large.
 *
 * @param instance as {@link Origin#instance} says
 * @param state    {@code applied parked reprocessed discarded}
 * @param bytes    of its body
 */
record KeptSummary(UUID id, UUID instance, String state, int bytes, Instant receivedAt) {

    boolean parked() {
        return "parked".equals(state);
    }
}
