package io.centurions.sandbox.autentique;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads as much of GraphQL as clients of this API use: one operation with fields, aliases, arguments (variables or
 * literals) and nested selections. Fragments are not understood.
 */
final class GraphqlQuery {

    /** One selected field. */
    record Field(String alias, String name, JsonObject arguments, List<Field> selection) {}

    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[A-Za-z_]\\w*|\\$\\w+" + "|-?\\d+(?:\\.\\d+)?|[{}()\\[\\]:!=@]");

    private final List<String> tokens = new ArrayList<>();
    private final JsonObject variables;
    private int at;

    private GraphqlQuery(String query, JsonObject variables) {
        this.variables = variables;
        Matcher matcher = TOKEN.matcher(query.replaceAll("#[^\n]*", ""));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
    }

    /** @throws IllegalArgumentException when it is no operation that is understood */
    static List<Field> fields(String query, JsonObject variables) {
        GraphqlQuery reading = new GraphqlQuery(query, variables);
        reading.skipHeader();
        return reading.selection();
    }

    private void skipHeader() {
        int depth = 0;
        while (depth > 0 || !peek().equals("{")) {
            String token = next();
            depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
        }
    }

    private List<Field> selection() {
        expect("{");
        List<Field> fields = new ArrayList<>();
        while (!peek().equals("}")) {
            fields.add(field());
        }
        expect("}");
        return fields;
    }

    private Field field() {
        String alias = next();
        String name = alias;
        if (peek().equals(":")) {
            expect(":");
            name = next();
        }
        JsonObject arguments = peek().equals("(") ? arguments() : new JsonObject();
        return new Field(alias, name, arguments, peek().equals("{") ? selection() : List.of());
    }

    private JsonObject arguments() {
        expect("(");
        JsonObject arguments = new JsonObject();
        while (!peek().equals(")")) {
            String name = next();
            expect(":");
            arguments.put(name, value());
        }
        expect(")");
        return arguments;
    }

    private Object value() {
        String token = next();
        return switch (token.charAt(0)) {
            case '$' -> variables.getValue(token.substring(1));
            case '"' -> io.vertx.core.json.Json.decodeValue(token);
            case '{' -> object();
            case '[' -> list();
            default -> scalar(token);
        };
    }

    private JsonObject object() {
        JsonObject object = new JsonObject();
        while (!peek().equals("}")) {
            String name = next();
            expect(":");
            object.put(name, value());
        }
        expect("}");
        return object;
    }

    private JsonArray list() {
        JsonArray list = new JsonArray();
        while (!peek().equals("]")) {
            list.add(value());
        }
        expect("]");
        return list;
    }

    /** A number, a boolean, null, or the name of an enum value. */
    private static Object scalar(String token) {
        return switch (token) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> token.matches("-?\\d+") ? (Object) Long.valueOf(token) : token;
        };
    }

    private String peek() {
        if (at >= tokens.size()) {
            throw new IllegalArgumentException("Syntax Error: Unexpected <EOF>");
        }
        return tokens.get(at);
    }

    private String next() {
        String token = peek();
        at++;
        return token;
    }

    private void expect(String token) {
        String found = next();
        if (!found.equals(token)) {
            throw new IllegalArgumentException("Syntax Error: Expected " + token + ", found " + found);
        }
    }

    /** Only what was selected, under the names that were asked for. */
    static Object project(Object value, List<Field> selection) {
        if (selection.isEmpty() || value == null) {
            return value;
        }
        if (value instanceof JsonArray list) {
            JsonArray projected = new JsonArray();
            list.forEach(item -> projected.add(project(item, selection)));
            return projected;
        }
        JsonObject whole = (JsonObject) value;
        JsonObject projected = new JsonObject();
        selection.forEach(
                field -> projected.put(field.alias(), project(whole.getValue(field.name()), field.selection())));
        return projected;
    }
}
