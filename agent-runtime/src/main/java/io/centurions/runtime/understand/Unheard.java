package io.centurions.runtime.understand;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.MessageId;

/**
 * A message of the lead that is not text and was not understood yet.
 *
 * @param media what intake kept of it
 */
public record Unheard(MessageId message, MediaKind kind, JsonNode media) {

    /**
     * How many bytes to expect at most, by what its channel said of it ({@code bytes}, {@code size}), and not less than a small file's. It is
     * the lead's word or nobody's.
     */
    int bytesTold() {
        long told = Math.max(media.path("bytes").asLong(), media.path("size").asLong());
        return Math.clamp(told, MediaKind.SMALL, kind.most());
    }
}
