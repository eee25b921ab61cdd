package io.centurions.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** Captured payloads of the real providers, and the shape (paths and types, no values) by which answers are compared. */
public final class Fixture {

    private Fixture() {}

    public static JsonObject read(String name) {
        try (InputStream stream = Fixture.class.getResourceAsStream("/" + name + ".json")) {
            return new JsonObject(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(name, broken);
        }
    }

    public static Object answer(String name) {
        return read(name).getJsonObject("response").getValue("body");
    }

    public static JsonObject request(String name) {
        return read(name).getJsonObject("request").getJsonObject("body");
    }

    /** {@code a.b: string} and so on; list items share one path, byte objects count as one value, null as no type. */
    public static Set<String> shape(Object value) {
        Set<String> paths = new TreeSet<>();
        collect(paths, "", value);
        return paths;
    }

    private static void collect(Set<String> paths, String path, Object value) {
        if (value instanceof JsonObject object && object.containsKey("0")) {
            paths.add(path + ": bytes");
        } else if (value instanceof JsonObject object) {
            object.forEach(field -> collect(paths, path + "." + field.getKey(), field.getValue()));
        } else if (value instanceof JsonArray list) {
            paths.add(path + ": list");
            list.forEach(item -> collect(paths, path + "[]", item));
        } else if (value != null) {
            paths.add(path + ": "
                    + (value instanceof Number ? "number" : value.getClass().getSimpleName()));
        }
    }
}
