package io.centurions.platform.webhooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/**
 * JSON of more than {@value #MOST_TOKENS} values, names and brackets cannot be read: a tree takes memory by them and not by its bytes, empty
 * brackets 25 times theirs. What a provider tells at once has some hundreds.
 */
@Singleton
public class JsonBounds implements ObjectMapperCustomizer {

    static final int MOST_TOKENS = 250_000;

    @Override
    public void customize(ObjectMapper json) {
        var factory = json.getFactory();
        factory.setStreamReadConstraints(factory.streamReadConstraints()
                .rebuild()
                .maxTokenCount(MOST_TOKENS)
                .build());
    }
}
