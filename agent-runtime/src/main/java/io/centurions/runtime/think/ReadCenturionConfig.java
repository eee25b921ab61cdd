package io.centurions.runtime.think;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.centurions.runtime.think.CenturionConfig.Typing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The published JSON as a value; what is absent gets the default that the back office shows. */
final class ReadCenturionConfig {

    private ReadCenturionConfig() {}

    static CenturionConfig read(int version, JsonNode published) {
        return new CenturionConfig(
                version,
                published.path("prompt").asText(""),
                published.path("language").asText("pt-BR"),
                model(published.path("model")),
                criteria(published.path("criteria")),
                published.path("qualifyAt").asInt(70),
                typing(published.path("pace")));
    }

    private static ModelChoice model(JsonNode model) {
        return new ModelChoice(
                provider(model.path("provider").asText("openai")),
                textOrNull(model.path("baseUrl")),
                textOrNull(model.path("name")),
                textOrNull(model.path("apiKey")),
                model.path("temperature").asDouble(0.3));
    }

    private static Provider provider(String name) {
        return Provider.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static List<Criterion> criteria(JsonNode given) {
        List<Criterion> criteria = new ArrayList<>();
        for (JsonNode each : given) {
            criteria.add(new Criterion(
                    each.path("key").asText(),
                    each.path("question").asText(),
                    each.path("weight").asInt(1),
                    each.path("required").asBoolean(false)));
        }
        return criteria;
    }

    private static Typing typing(JsonNode pace) {
        long shortest = Math.max(0, pace.path("shortestMs").asLong(800));
        return new Typing(
                Math.max(1, pace.path("charsPerSecond").asDouble(18)),
                shortest,
                Math.max(shortest, pace.path("longestMs").asLong(6000)));
    }

    private static String textOrNull(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : null;
    }
}
