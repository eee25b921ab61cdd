package io.centurions.backoffice.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document that is committed, from which the web's client is generated. */
final class ApiDocument {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Path FILE = Path.of("openapi.json");

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "patch");

    private final JsonNode root;
    private final JsonNode strictComponents;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    private ApiDocument(JsonNode root) {
        this.root = root;
        this.strictComponents = root.path("components").deepCopy();
        refuseUnknownFields(strictComponents);
    }

    /** An operation, with the parameters and answers that it refers to in the place of the references. */
    record Operation(String method, String path, JsonNode node) {

        String endpoint() {
            return method + " " + path;
        }

        @Override
        public String toString() {
            return endpoint();
        }
    }

    static ApiDocument committed() {
        try {
            return new ApiDocument(JSON.readTree(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read; OpenApiIT says how to write it", e);
        }
    }

    JsonNode root() {
        return root;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        operations.add(new Operation(
                                entry.getKey().toUpperCase(Locale.ROOT), path.getKey(), entry.getValue()));
                    }
                }));
        return operations;
    }

    List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.node().path("parameters").forEach(each -> parameters.add(resolved(each)));
        return parameters;
    }

    Optional<JsonNode> parameter(Operation operation, String name) {
        return parameters(operation).stream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst();
    }

    /** By status. */
    Map<String, JsonNode> answers(Operation operation) {
        Map<String, JsonNode> answers = new HashMap<>();
        operation
                .node()
                .path("responses")
                .properties()
                .forEach(each -> answers.put(each.getKey(), resolved(each.getValue())));
        return answers;
    }

    /** What a reference leads to; anything else is itself. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** The name of a schema that is referred to; empty for one that stands there itself. */
    static String name(JsonNode schema) {
        String ref = schema.path("$ref").asText();
        return ref.substring(ref.lastIndexOf('/') + 1);
    }

    /** What is wrong with a value; fields that its schema does not know are. */
    List<String> faults(JsonNode schema, JsonNode value) {
        JsonSchema known = schemas.computeIfAbsent(schema.toString(), text -> compiled(schema));
        return known.validate(value).stream().map(ValidationMessage::toString).toList();
    }

    /** The places in which another document is not this one. The order of fields may differ from build to build. */
    List<String> differences(JsonNode other) {
        List<String> places = new ArrayList<>();
        compare("", root, other, places);
        return places;
    }

    private static void compare(String place, JsonNode one, JsonNode other, List<String> places) {
        if (one.isObject() && other.isObject()) {
            Set<String> names = new TreeSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(place + "/" + name, one.path(name), other.path(name), places));
        } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
            for (int index = 0; index < one.size(); index++) {
                compare(place + "/" + index, one.path(index), other.path(index), places);
            }
        } else if (!one.equals(other)) {
            places.add(place);
        }
    }

    private JsonSchema compiled(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        refuseUnknownFields(whole);
        whole.set("components", strictComponents);
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole, config);
    }

    private static void refuseUnknownFields(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDocument::refuseUnknownFields);
    }
}
