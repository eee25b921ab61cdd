package io.centurions.backoffice.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.openapi.ApiDocument.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Nothing that is asked for or sent goes on for ever. How large a body may be altogether: {@code BodyLimitsIT}. */
class OpenApiBoundsTest {

    /** Fields of one thing, which end by what they are: each with what ends it. */
    private static final Map<String, String> ENDING = Map.ofEntries(
            Map.entry("activities", "the newest hundred"),
            Map.entry("alerts", "two for each limit and month"),
            Map.entry("changes", "the fields of a configuration"),
            Map.entry("conversations", "the newest fifty"),
            Map.entry("fields", "those of a text of 200,000 letters"),
            Map.entry("findings", "the fields of a configuration"),
            Map.entry("headerNames", "those of a request that the HTTP server took"),
            Map.entry("limits", "one for each thing that is limited"),
            Map.entry("months", "as many as the query asked for"),
            Map.entry("permissions", "those of a token"),
            Map.entry("scopes", "two"),
            Map.entry("signers", "those of a request, which has twenty at most"),
            Map.entry("steps", "those of the making of a company"));

    private static final ApiDocument DOCUMENT = ApiDocument.committed();

    @Test
    void every_number_in_a_query_has_a_most() {
        assertThat(DOCUMENT.operations())
                .allSatisfy(each -> assertThat(DOCUMENT.parameters(each))
                        .filteredOn(parameter -> parameter.path("in").asText().equals("query")
                                && parameter.at("/schema/type").asText().equals("integer"))
                        .allMatch(parameter -> parameter.at("/schema").has("maximum")));
    }

    @Test
    void every_array_in_a_body_says_how_many_it_holds_at_most() {
        Set<String> endless = new TreeSet<>();

        for (Operation each : DOCUMENT.operations()) {
            walk(DOCUMENT.resolved(each.node().path("requestBody")), (name, array) -> {
                if (!array.has("maxItems")) {
                    endless.add(each + " " + name);
                }
            });
        }

        assertThat(endless).isEmpty();
    }

    @Test
    void every_array_in_an_answer_is_a_page_or_ends_by_what_it_is() {
        Set<String> endless = new TreeSet<>();
        Set<String> met = new TreeSet<>();

        for (Operation each : DOCUMENT.operations()) {
            // A page, or what became of each thing that a body named.
            boolean counted =
                    DOCUMENT.parameter(each, "limit").isPresent() || each.node().has("requestBody");
            DOCUMENT.answers(each).forEach((status, answer) -> {
                if (status.startsWith("2")) {
                    walk(answer, (name, array) -> {
                        met.add(name);
                        if (!array.has("maxItems") && !ENDING.containsKey(name) && !(counted && name.equals("items"))) {
                            endless.add(each + " " + name);
                        }
                    });
                }
            });
        }

        assertThat(endless).isEmpty();
        assertThat(met).containsAll(ENDING.keySet());
    }

    /** Every array below, with the name of the field that it is. */
    private static void walk(JsonNode withContent, BiConsumer<String, JsonNode> found) {
        withContent
                .path("content")
                .properties()
                .forEach(content -> walk("", content.getValue().path("schema"), found, new HashSet<>()));
    }

    private static void walk(String name, JsonNode schema, BiConsumer<String, JsonNode> found, Set<String> seen) {
        if (schema.isMissingNode()
                || schema.has("$ref") && !seen.add(schema.path("$ref").asText())) {
            return;
        }
        JsonNode known = DOCUMENT.resolved(schema);
        if (types(known).contains("array")) {
            found.accept(name, known);
        }
        known.path("properties").properties().forEach(each -> walk(each.getKey(), each.getValue(), found, seen));
        List.of("items", "additionalProperties").forEach(part -> walk(name, known.path(part), found, seen));
        List.of("allOf", "anyOf", "oneOf")
                .forEach(part -> known.path(part).forEach(each -> walk(name, each, found, seen)));
    }

    private static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>(List.of(schema.path("type").asText()));
        schema.path("type").forEach(type -> types.add(type.asText()));
        return types;
    }
}
