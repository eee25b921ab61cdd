package io.centurions.sandbox.telegram;

import io.centurions.sandbox.wire.Part;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters of a method call, wherever the caller put them: query, form, multipart or JSON. */
final class Asked {

    private final RequestBody body;
    private final JsonObject parameters = new JsonObject();

    private Asked(RoutingContext ctx) {
        body = RequestBody.of(ctx);
        ctx.queryParams().forEach(field -> parameters.put(field.getKey(), field.getValue()));
        body.form().forEach(field -> parameters.put(field.getKey(), field.getValue()));
        body.parts().stream().filter(part -> !part.isFile()).forEach(part -> parameters.put(part.name(), part.text()));
        parameters.mergeIn(body.json());
    }

    static Asked in(RoutingContext ctx) {
        return new Asked(ctx);
    }

    String text(String name) {
        Object value = parameters.getValue(name);
        return value == null ? "" : value.toString();
    }

    /** Empty when it is missing or no number. */
    OptionalLong number(String name) {
        String text = text(name);
        return text.matches("-?\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    Object value(String name) {
        return parameters.getValue(name);
    }

    /** An uploaded file, given directly or as {@code attach://name}. */
    Optional<Part> upload(String name) {
        String given = text(name);
        String partName = given.startsWith("attach://") ? given.substring("attach://".length()) : name;
        return body.part(partName).filter(Part::isFile);
    }
}
