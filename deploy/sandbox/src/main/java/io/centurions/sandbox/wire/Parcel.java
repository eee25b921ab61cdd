package io.centurions.sandbox.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** One webhook as it travels: repeated attempts send the same bytes. */
public record Parcel(String url, Map<String, String> headers, Buffer body) {

    public static Parcel json(String url, Map<String, String> headers, JsonObject body) {
        return new Parcel(url, headers, body.toBuffer());
    }
}
