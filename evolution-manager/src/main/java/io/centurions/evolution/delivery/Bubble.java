package io.centurions.evolution.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * One bubble of a reply.
 *
 * @param kind  text, image, audio, video or document
 * @param media what is to be sent with it: {@code url} or {@code base64}, {@code mime}, {@code file_name}; missing for text
 */
record Bubble(UUID id, String kind, String text, JsonNode media) {

    @Override
    public String toString() {
        return "Bubble[" + id + "]";
    }
}
