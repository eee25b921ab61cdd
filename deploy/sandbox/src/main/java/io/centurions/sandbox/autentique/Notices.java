package io.centurions.sandbox.autentique;

import io.centurions.sandbox.wire.Hmac;
import io.centurions.sandbox.wire.Parcel;
import io.centurions.sandbox.wire.RetryRule;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** Webhooks to the endpoint that stands for the one registered in the provider's panel; again after 60, 120 and 300 s. */
final class Notices {

    static final String DEFAULT_SECRET = "sandbox-autentique-webhook-secret";

    private static final String SECTION = "autentique";
    private static final long[] WAITS_MS = {60_000, 120_000, 300_000};
    private static final RetryRule PATIENCE = (attempts, status, retryAfter) ->
            attempts > WAITS_MS.length ? OptionalLong.empty() : OptionalLong.of(WAITS_MS[attempts - 1]);

    private final Surroundings around;
    private JsonObject endpoint;

    Notices(Surroundings around) {
        this.around = around;
        this.endpoint = around.state().read(SECTION).orElse(null);
    }

    void endpoint(String url, String secret) {
        endpoint = new JsonObject().put("url", url).put("secret", secret);
        around.state().write(SECTION, endpoint.copy());
    }

    void document(String type, Document document, Object previous) {
        send(type, WebhookShape.document(document, around.address().base()), previous);
    }

    void signature(String type, Document document, Signer signer) {
        send(type, WebhookShape.signature(document, signer), new JsonArray());
    }

    /** The shape of live deliveries: the resource directly in {@code event.data}. */
    private void send(String type, JsonObject resource, Object previous) {
        if (endpoint == null) {
            return;
        }
        String url = endpoint.getString("url");
        JsonObject event = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("object", "event")
                .put("organization", 1_000_001)
                .put("type", type)
                .put("data", resource)
                .put("previous_attributes", previous)
                .put("created_at", Stamp.now());
        JsonObject body = new JsonObject()
                .put("id", "MTAwMHxzaW11bGFkbw")
                .put("object", "webhook")
                .put("name", "sandbox")
                .put("format", "json")
                .put("url", url)
                .put("event", event);
        Buffer bytes = body.toBuffer();
        Map<String, String> headers =
                Map.of("X-Autentique-Signature", Hmac.sha256Hex(endpoint.getString("secret"), bytes.getBytes()));
        around.courier().send(new Parcel(url, headers, bytes), PATIENCE);
    }
}
