package io.centurions.backoffice.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** References, names and types inside the OpenAPI document. */
class OpenApiWordsTest {

    /** Forms of pages that are not ours name their fields so. */
    private static final Set<String> SNAKE = Set.of("FormLead");

    private static final JsonNode ROOT = ApiDocument.committed().root();

    @Test
    void every_reference_leads_somewhere_and_everything_shared_is_referred_to() {
        Set<String> referred = new TreeSet<>();
        ROOT.findValues("$ref").forEach(ref -> referred.add(ref.asText()));
        Set<String> shared = new TreeSet<>();
        for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
            ROOT.path("components")
                    .path(kind)
                    .fieldNames()
                    .forEachRemaining(name -> shared.add("#/components/" + kind + "/" + name));
        }

        assertThat(referred).isEqualTo(shared);
    }

    @Test
    void every_field_is_in_camel_case() {
        List<String> wrong = new ArrayList<>();
        eachField((schema, field) -> {
            if (!SNAKE.contains(schema) && !field.getKey().matches("[a-z][a-zA-Z0-9]*")) {
                wrong.add(schema + "." + field.getKey());
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void times_are_times_and_money_is_whole_cents() {
        List<String> wrong = new ArrayList<>();
        eachField((schema, field) -> {
            String name = field.getKey();
            JsonNode type = field.getValue();
            boolean time = name.endsWith("At") && !name.equals("qualifyAt");
            if (time && !type.toString().matches(".*(\"date-time\"|/Instant\").*")
                    || name.endsWith("Cents") && !type.path("type").toString().contains("integer")) {
                wrong.add(schema + "." + name + " " + type);
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void what_may_be_null_or_missing_is_a_field_that_there_is() {
        List<String> wrong = new ArrayList<>();
        Written.json("/answer-examples.json").properties().forEach(each -> {
            JsonNode fields =
                    ROOT.path("components").path("schemas").path(each.getKey()).path("properties");
            for (String list : List.of("mayBeNull", "mayBeMissing")) {
                each.getValue().path(list).forEach(field -> {
                    if (!fields.has(field.asText())) {
                        wrong.add(each.getKey() + "." + field.asText());
                    }
                });
            }
        });

        assertThat(wrong).isEmpty();
    }

    private static void eachField(BiConsumer<String, Map.Entry<String, JsonNode>> look) {
        ROOT.at("/components/schemas")
                .properties()
                .forEach(schema -> schema.getValue()
                        .path("properties")
                        .properties()
                        .forEach(field -> look.accept(schema.getKey(), field)));
    }
}
