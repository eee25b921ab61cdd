package io.centurions.sandbox.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Calls a tool only when the request demands one: the named one, or the one whose description fits the last words best. */
final class DemandedTool {

    private DemandedTool() {}

    /** Null when no call is demanded. */
    static JsonObject call(JsonObject request, List<Said> said) {
        JsonArray tools = request.getJsonArray("tools", new JsonArray());
        Object choice = request.getValue("tool_choice");
        if (tools.isEmpty() || choice == null || choice.equals("auto") || choice.equals("none")) {
            return null;
        }
        JsonObject function = choice instanceof JsonObject named
                ? named(tools, named.getJsonObject("function", new JsonObject()).getString("name"))
                : bestFit(tools, said);
        if (function == null) {
            return null;
        }
        JsonObject parameters = function.getJsonObject("parameters", new JsonObject().put("type", "object"));
        JsonObject filled = new JsonObject()
                .put("name", function.getString("name"))
                .put("arguments", String.valueOf(FilledSchema.value(parameters, parameters)));
        return new JsonObject()
                .put("id", "call_" + UUID.randomUUID().toString().substring(0, 8))
                .put("type", "function")
                .put("function", filled);
    }

    private static JsonObject named(JsonArray tools, String name) {
        return functions(tools).stream()
                .filter(function -> function.getString("name", "").equals(name))
                .findFirst()
                .orElse(null);
    }

    private static JsonObject bestFit(JsonArray tools, List<Said> said) {
        List<String> words = words(said.getLast().text());
        JsonObject best = null;
        long bestShared = -1;
        for (JsonObject function : functions(tools)) {
            String described = function.getString("name") + " " + function.getString("description", "");
            long shared = words(described).stream().filter(words::contains).count();
            if (shared > bestShared) {
                best = function;
                bestShared = shared;
            }
        }
        return best;
    }

    private static List<JsonObject> functions(JsonArray tools) {
        return tools.stream()
                .map(tool -> ((JsonObject) tool).getJsonObject("function", new JsonObject()))
                .toList();
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\d]+"));
    }
}
