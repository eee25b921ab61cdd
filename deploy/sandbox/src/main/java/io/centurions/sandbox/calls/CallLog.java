package io.centurions.sandbox.calls;

import io.centurions.sandbox.wire.Part;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Keeps every call of the fleet in order of arrival, the newest so many, without secrets. */
final class CallLog {

    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "apikey", "cookie", "x-api-key", "x-vault-token");
    private static final Set<String> SECRET_FIELDS =
            Set.of("password", "client_secret", "access_token", "refresh_token", "code_verifier", "secret_token");

    private static final String HIDDEN = "***";

    private final Deque<JsonObject> calls = new ArrayDeque<>();
    private final int kept;
    private long lastSeq;

    CallLog(int kept) {
        this.kept = kept;
    }

    /** Notes the call; the status follows when it is answered, null until then. */
    JsonObject arrived(RoutingContext ctx, String provider) {
        JsonObject call = new JsonObject()
                .put("seq", ++lastSeq)
                .put("at", Instant.now().toString())
                .put("provider", provider)
                .put("method", ctx.request().method().name())
                .put("path", ProviderPath.withoutSecrets(ctx.request().uri()))
                .put("headers", headers(ctx))
                .put("body", provider.equals("vault") ? HIDDEN : body(RequestBody.of(ctx)))
                .putNull("status");
        calls.addLast(call);
        if (calls.size() > kept) {
            calls.removeFirst();
        }
        return call;
    }

    JsonArray list(String provider, String since) {
        JsonArray listed = new JsonArray();
        calls.stream()
                .filter(call -> provider == null || provider.equals(call.getString("provider")))
                .filter(call -> since == null || isAfter(call, since))
                .forEach(listed::add);
        return listed;
    }

    /** {@code since} is a sequence number (exclusive) or an ISO time (inclusive). */
    private static boolean isAfter(JsonObject call, String since) {
        if (since.matches("\\d{1,18}")) {
            return call.getLong("seq") > Long.parseLong(since);
        }
        return !Instant.parse(call.getString("at")).isBefore(Instant.parse(since));
    }

    void clear() {
        calls.clear();
    }

    private static JsonObject headers(RoutingContext ctx) {
        JsonObject kept = new JsonObject();
        ctx.request().headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!SECRET_HEADERS.contains(name)) {
                kept.put(name, header.getValue());
            }
        });
        return kept;
    }

    private static Object body(RequestBody body) {
        if (body.raw().length() == 0) {
            return null;
        }
        if (body.isMultipart()) {
            return multipart(body);
        }
        if (body.isForm()) {
            JsonObject fields = new JsonObject();
            body.form().forEach(field -> fields.put(field.getKey(), field.getValue()));
            return withoutSecrets(fields);
        }
        return body.value().map(CallLog::withoutSecrets).orElseGet(body::text);
    }

    private static Object multipart(RequestBody body) {
        JsonObject parts = new JsonObject();
        for (Part part : body.parts()) {
            if (part.isFile()) {
                parts.put(
                        part.name(),
                        new JsonObject()
                                .put("fileName", part.fileName())
                                .put("contentType", part.contentType())
                                .put("size", part.content().length));
            } else {
                parts.put(part.name(), fieldValue(part.text()));
            }
        }
        return withoutSecrets(parts);
    }

    private static Object fieldValue(String text) {
        if (text.startsWith("{")) {
            try {
                return new JsonObject(text);
            } catch (io.vertx.core.json.DecodeException plainText) {
                return text;
            }
        }
        return text;
    }

    private static Object withoutSecrets(Object value) {
        if (value instanceof JsonArray array) {
            JsonArray shown = new JsonArray();
            array.forEach(each -> shown.add(withoutSecrets(each)));
            return shown;
        }
        if (!(value instanceof JsonObject object)) {
            return value;
        }
        JsonObject shown = new JsonObject();
        for (Map.Entry<String, Object> field : object) {
            String name = field.getKey();
            shown.put(name, SECRET_FIELDS.contains(name) ? HIDDEN : withoutSecrets(field.getValue()));
        }
        // Such as a webhook is to come with: the fleet knows by them who sent it.
        if (object.getValue("headers") instanceof JsonObject headers) {
            headers.fieldNames().forEach(name -> shown.getJsonObject("headers").put(name, HIDDEN));
        }
        return shown;
    }
}
