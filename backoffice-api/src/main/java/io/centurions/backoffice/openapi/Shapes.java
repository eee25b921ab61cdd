package io.centurions.backoffice.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * What may be missing and what may be null. An answer has all its fields and none of them is null, but for
 * those that {@code answer-examples.json} names. In what is taken, and in what is taken and answered alike,
 * whatever is not required may be left out or null.
 */
final class Shapes {

    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode answers = Written.json("/answer-examples.json");
    private final Map<String, Schema> schemas;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> answered = new HashSet<>();

    private Shapes(Map<String, Schema> schemas) {
        this.schemas = schemas;
    }

    /** Says so of every schema, and takes out those that nothing refers to. */
    static void finish(OpenAPI api, List<Operation> operations) {
        Shapes shapes = new Shapes(new TreeMap<>(api.getComponents().getSchemas()));
        operations.forEach(shapes::collect);
        shapes.reach(SCHEMAS + "Problem", shapes.answered);
        shapes.schemas.keySet().removeIf(name -> !shapes.taken.contains(name) && !shapes.answered.contains(name));
        shapes.schemas.forEach(shapes::complete);
        api.getComponents().setSchemas(shapes.schemas);
    }

    /** The name of a schema that is referred to. */
    static Optional<String> name(Schema schema) {
        return Optional.ofNullable(schema.getRef()).map(ref -> ref.substring(ref.lastIndexOf('/') + 1));
    }

    private void collect(Operation operation) {
        Stream.ofNullable(operation.getParameters())
                .flatMap(List::stream)
                .map(Parameter::getSchema)
                .filter(schema -> schema != null)
                .forEach(schema -> reach(schema, taken));
        if (operation.getRequestBody() != null) {
            schemasOf(operation.getRequestBody().getContent()).forEach(schema -> reach(schema, taken));
        }
        operation
                .getResponses()
                .getAPIResponses()
                .values()
                .forEach(response -> schemasOf(response.getContent()).forEach(schema -> reach(schema, answered)));
    }

    private void reach(String ref, Set<String> reached) {
        reach(OASFactory.createSchema().ref(ref), reached);
    }

    private void reach(Schema schema, Set<String> reached) {
        Optional<String> name = name(schema);
        if (name.isEmpty()) {
            parts(schema).forEach(part -> reach(part, reached));
        } else if (schemas.containsKey(name.get()) && reached.add(name.get())) {
            parts(schemas.get(name.get())).forEach(part -> reach(part, reached));
        }
    }

    private void complete(String name, Schema schema) {
        Patterns.ofTheWhole(schema);
        if (schema.getProperties() == null || name.equals("Problem")) {
            return;
        }
        if (taken.contains(name)) {
            List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
            schema.getProperties().keySet().stream()
                    .filter(field -> !required.contains(field))
                    .toList()
                    .forEach(field -> allowNull(schema, field));
        } else {
            JsonNode said = answers.path(name);
            // Sorted: fields that are unwrapped come in any order.
            Set<String> required = new TreeSet<>(schema.getProperties().keySet());
            said.path("mayBeMissing").forEach(field -> required.remove(field.asText()));
            schema.setRequired(List.copyOf(required));
            said.path("mayBeNull").forEach(field -> allowNull(schema, field.asText()));
            if (name.startsWith("Page")) {
                allowNull(schema, "nextCursor");
            }
        }
    }

    private static void allowNull(Schema schema, String field) {
        Schema part = schema.getProperties().get(field);
        if (part == null) {
            return;
        }
        if (part.getRef() != null || part.getEnumeration() != null) {
            schema.addProperty(
                    field,
                    OASFactory.createSchema()
                            .description(part.getDescription())
                            .addAnyOf(part)
                            .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL)));
            // It is the field's: of a choice within it a reader is told nothing.
            part.setDescription(null);
        } else if (part.getType() != null && !part.getType().contains(SchemaType.NULL)) {
            List<SchemaType> types = new ArrayList<>(part.getType());
            types.add(SchemaType.NULL);
            part.setType(types);
        }
    }

    private static Stream<Schema> schemasOf(Content content) {
        return content == null || content.getMediaTypes() == null
                ? Stream.empty()
                : content.getMediaTypes().values().stream()
                        .map(type -> type.getSchema())
                        .filter(schema -> schema != null);
    }

    /** What it is made of. */
    static Stream<Schema> parts(Schema schema) {
        return Stream.of(
                        Optional.ofNullable(schema.getProperties()).map(Map::values).stream()
                                .flatMap(each -> each.stream()),
                        Stream.ofNullable(schema.getItems()),
                        Stream.ofNullable(schema.getAdditionalPropertiesSchema()),
                        Stream.ofNullable(schema.getAnyOf()).flatMap(List::stream),
                        Stream.ofNullable(schema.getAllOf()).flatMap(List::stream),
                        Stream.ofNullable(schema.getOneOf()).flatMap(List::stream))
                .flatMap(each -> each);
    }
}
