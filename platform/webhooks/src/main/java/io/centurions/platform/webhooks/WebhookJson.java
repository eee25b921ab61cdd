package io.centurions.platform.webhooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * Reads what a provider posts, of at most {@value #MOST_TOKENS} values, names and brackets: a tree takes memory by them and not by its
 * bytes, empty brackets 25 times theirs. A message has some hundreds, and thousands with the preview of a picture, which may come as a
 * number for each byte. Answers that we asked for are bounded by their bytes alone: a list of such messages has more.
 */
public final class WebhookJson {

    static final int MOST_TOKENS = 250_000;

    private static final JsonFactory BOUNDED = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxTokenCount(MOST_TOKENS).build())
            .build();

    private WebhookJson() {}

    /**
     * As {@link ObjectMapper#readTree(byte[])}: a missing node where there is nothing.
     *
     * @throws IOException when it is no JSON, or too much of it
     */
    public static JsonNode read(ObjectMapper json, byte[] body) throws IOException {
        try (JsonParser parser = BOUNDED.createParser(body)) {
            JsonNode tree = json.readTree(parser);
            return tree == null ? MissingNode.getInstance() : tree;
        }
    }
}
