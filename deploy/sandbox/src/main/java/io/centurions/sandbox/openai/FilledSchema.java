package io.centurions.sandbox.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A value that satisfies a JSON schema, filled by type: strict schemas need every property, so every one is given. */
final class FilledSchema {

    private static final int DEEPEST = 12;

    private FilledSchema() {}

    /** @param root where references are looked up */
    static Object value(JsonObject schema, JsonObject root) {
        return value(schema, root, 0);
    }

    private static Object value(JsonObject schema, JsonObject root, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        if (schema.containsKey("$ref")) {
            return value(resolve(schema.getString("$ref"), root), root, depth + 1);
        }
        if (schema.containsKey("const")) {
            return schema.getValue("const");
        }
        if (schema.containsKey("enum")) {
            return schema.getJsonArray("enum").getValue(0);
        }
        for (String either : new String[] {"anyOf", "oneOf", "allOf"}) {
            if (schema.containsKey(either)) {
                return value(firstReal(schema.getJsonArray(either)), root, depth + 1);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, root, depth);
            case "array" -> array(schema, root, depth);
            case "integer" -> schema.getLong("minimum", 0L);
            case "number" -> schema.getDouble("minimum", 0.0);
            case "boolean" -> false;
            case "null" -> null;
            default -> "simulado";
        };
    }

    private static JsonObject object(JsonObject schema, JsonObject root, int depth) {
        JsonObject filled = new JsonObject();
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String name : properties.fieldNames()) {
            filled.put(name, value(properties.getJsonObject(name), root, depth + 1));
        }
        return filled;
    }

    private static JsonArray array(JsonObject schema, JsonObject root, int depth) {
        JsonArray filled = new JsonArray();
        int wanted = schema.getInteger("minItems", 0);
        for (int i = 0; i < wanted; i++) {
            filled.add(value(schema.getJsonObject("items", new JsonObject()), root, depth + 1));
        }
        return filled;
    }

    /** A nullable type is written as a list; the first that is not null counts. */
    private static String type(JsonObject schema) {
        Object type = schema.getValue("type");
        if (type instanceof JsonArray types) {
            return types.stream()
                    .map(Object::toString)
                    .filter(one -> !one.equals("null"))
                    .findFirst()
                    .orElse("null");
        }
        return type == null ? (schema.containsKey("properties") ? "object" : "string") : type.toString();
    }

    private static JsonObject firstReal(JsonArray choices) {
        return choices.stream()
                .map(JsonObject.class::cast)
                .filter(choice -> !"null".equals(choice.getValue("type")))
                .findFirst()
                .orElseGet(() -> new JsonObject().put("type", "null"));
    }

    private static JsonObject resolve(String reference, JsonObject root) {
        JsonObject at = root;
        for (String step : reference.replace("#/", "").split("/")) {
            at = at.getJsonObject(step, new JsonObject());
        }
        return at;
    }
}
