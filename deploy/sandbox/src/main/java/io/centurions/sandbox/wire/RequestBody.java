package io.centurions.sandbox.wire;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a caller sent: the raw bytes, and views of them by content type. Never fails on a body that is not what was hoped. */
public final class RequestBody {

    private static final String KEY = RequestBody.class.getName();

    private final String contentType;
    private final Buffer raw;

    private RequestBody(String contentType, Buffer raw) {
        this.contentType = contentType == null ? "" : contentType;
        this.raw = raw;
    }

    /** First handler of the router: reads the whole body before anything else looks at the request. */
    public static void read(RoutingContext ctx) {
        ctx.request()
                .body()
                .onSuccess(raw -> {
                    ctx.put(KEY, new RequestBody(ctx.request().getHeader("Content-Type"), raw));
                    ctx.next();
                })
                .onFailure(ctx::fail);
    }

    public static RequestBody of(RoutingContext ctx) {
        return ctx.get(KEY);
    }

    public Buffer raw() {
        return raw;
    }

    public String text() {
        return raw.toString(StandardCharsets.UTF_8);
    }

    /** The JSON value (object or array), empty when the body is not one. */
    public Optional<Object> value() {
        if (raw.length() == 0) {
            return Optional.empty();
        }
        try {
            Object value = Json.decodeValue(raw);
            return value instanceof JsonObject || value instanceof JsonArray ? Optional.of(value) : Optional.empty();
        } catch (DecodeException notJson) {
            return Optional.empty();
        }
    }

    /** The JSON object, or an empty one. */
    public JsonObject json() {
        return value().filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .orElseGet(JsonObject::new);
    }

    public boolean isForm() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    public boolean isMultipart() {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Fields of an urlencoded form, empty for any other body. */
    public MultiMap form() {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        if (isForm()) {
            new QueryStringDecoder(text(), StandardCharsets.UTF_8, false)
                    .parameters()
                    .forEach(fields::add);
        }
        return fields;
    }

    /** Parts of a multipart form, empty for any other body. */
    public List<Part> parts() {
        return isMultipart() ? Multipart.split(contentType, raw.getBytes()) : List.of();
    }

    public Optional<Part> part(String name) {
        return parts().stream().filter(part -> part.name().equals(name)).findFirst();
    }
}
