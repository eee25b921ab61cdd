package io.centurions.sandbox.autentique;

import io.vertx.core.json.JsonObject;

/** One field of the request is refused; the others are answered. */
final class GraphqlRefusal extends RuntimeException {

    private final transient JsonObject extra;

    GraphqlRefusal(String message) {
        this(message, new JsonObject());
    }

    private GraphqlRefusal(String message, JsonObject extra) {
        super(message);
        this.extra = extra;
    }

    /** @param problems codes by field */
    static GraphqlRefusal validation(JsonObject problems) {
        JsonObject extensions = new JsonObject().put("validation", problems).put("category", "validation");
        return new GraphqlRefusal("validation", new JsonObject().put("extensions", extensions));
    }

    JsonObject extra() {
        return extra;
    }
}
