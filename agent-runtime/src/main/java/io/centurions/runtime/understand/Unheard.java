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

    /** OpenAI's limit for a file to transcribe; hours of a voice message. */
    private static final int AUDIO_MOST = 25 * 1024 * 1024;

    /** A photo that a channel sends has a tenth of it, a model that takes more than half of it is rare, and it costs eight times its size. */
    private static final int PICTURE_MOST = 10 * 1024 * 1024;

    /** Bytes beyond which it is given up for good: whoever sends it would otherwise take the memory of everybody. */
    int bytesMost() {
        return "audio".equals(kind) ? AUDIO_MOST : PICTURE_MOST;
    }

    /**
     * How many bytes to expect at most, by what its channel said of it ({@code bytes}, {@code size}), and not less than a small file's. It is
     * the lead's word or nobody's.
     */
    int bytesTold() {
        long told = Math.max(media.path("bytes").asLong(), media.path("size").asLong());
        return Math.clamp(told, MediaMemory.SMALL, bytesMost());
    }
}
