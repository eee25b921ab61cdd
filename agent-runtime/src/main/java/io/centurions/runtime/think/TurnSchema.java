package io.centurions.runtime.think;

import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import java.util.List;

/**
 * The form that a model fills in. Fields that are left out of {@code required} become nullable in OpenAI's strict mode, which
 * wants every property required.
 */
final class TurnSchema {

    static final String NAME = "turn_outcome";

    private TurnSchema() {}

    static JsonSchema of(List<Criterion> criteria) {
        return JsonSchema.builder().name(NAME).rootElement(root(criteria)).build();
    }

    static JsonObjectSchema root(List<Criterion> criteria) {
        return JsonObjectSchema.builder()
                .addEnumProperty("outcome", List.of("reply", "silence", "handover", "disqualify"))
                .addStringProperty("reason", "Why, in one short sentence. Never shown to the lead.")
                .addProperty(
                        "bubbles",
                        JsonArraySchema.builder()
                                .description("What is sent to the lead, one message each, in order. Empty for silence.")
                                .items(new JsonStringSchema())
                                .build())
                .addProperty("criteria", criteria(criteria))
                .required("outcome", "reason", "bubbles", "criteria")
                .additionalProperties(false)
                .build();
    }

    private static JsonObjectSchema criteria(List<Criterion> criteria) {
        JsonObjectSchema.Builder form = JsonObjectSchema.builder();
        criteria.forEach(criterion -> form.addProperty(criterion.key(), finding(criterion)));
        return form.required(criteria.stream().map(Criterion::key).toList())
                .additionalProperties(false)
                .build();
    }

    private static JsonObjectSchema finding(Criterion criterion) {
        return JsonObjectSchema.builder()
                .description(criterion.question())
                .addStringProperty("answer")
                .addBooleanProperty("met")
                .addIntegerProperty("message")
                .additionalProperties(false)
                .build();
    }
}
