package io.centurions.runtime.understand;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.MessageId;

/**
 * A message of the lead that is not text and was not understood yet.
 *
 * @param kind  {@code audio} or {@code image}
 * @param media what intake kept of it
 */
public record Unheard(MessageId message, String kind, JsonNode media) {

    /** How many bytes to expect at most, by what its channel said of it ({@code bytes}, {@code size}), and not less than a small file's. */
    int bytesMost() {
        long told = Math.max(media.path("bytes").asLong(), media.path("size").asLong());
        return Math.clamp(told, MediaMemory.SMALL, MediaSource.MOST);
    }
}
