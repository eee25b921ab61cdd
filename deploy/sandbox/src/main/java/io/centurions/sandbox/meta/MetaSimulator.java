package io.centurions.sandbox.meta;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Hmac;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The front door: receives events and lists what was received. */
public final class MetaSimulator {

    private static final String APP_SECRET = "sandbox-app-secret";
    private static final int MOST_EVENTS = 1000;

    private final ReceivedEvents received = new ReceivedEvents();

    public void mount(Router router) {
        router.get("/meta/_sandbox/events")
                .handler(
                        ctx -> Answer.json(ctx, 200, received.list(ctx.request().getParam("dataset"))));
        router.delete("/meta/_sandbox/events").handler(ctx -> {
            received.clear();
            ctx.response().setStatusCode(204).end();
        });
        router.post("/meta/:version/:dataset/events").handler(this::receive);
    }

    private void receive(RoutingContext ctx) {
        JsonObject body = RequestBody.of(ctx).json();
        Optional<Refusal> refusal = checkCaller(ctx, body).or(() -> checkBatch(body));
        if (refusal.isPresent()) {
            refuse(ctx, refusal.get());
            return;
        }
        JsonArray events = body.getJsonArray("data");
        for (int i = 0; i < events.size(); i++) {
            received.add(ctx.pathParam("dataset"), events.getJsonObject(i), body.getString("test_event_code"));
        }
        Answer.json(
                ctx,
                200,
                new JsonObject()
                        .put("events_received", events.size())
                        .put("messages", new JsonArray())
                        .put("fbtrace_id", trace()));
    }

    /** Any token is good, except none and those that say that they are invalid or expired. */
    private static Optional<Refusal> checkCaller(RoutingContext ctx, JsonObject body) {
        String header = ctx.request().getHeader("Authorization");
        String token = header != null && header.startsWith("Bearer ")
                ? header.substring(7)
                : Optional.ofNullable(ctx.request().getParam("access_token"))
                        .orElse(body.getString("access_token", ""));
        if (token.contains("expired")) {
            return Optional.of(Refusal.of(190, 463, "Error validating access token: Session has expired"));
        }
        if (token.isBlank() || token.contains("invalid")) {
            return Optional.of(Refusal.of(190, null, "Invalid OAuth access token - Cannot parse access token"));
        }
        String proof = Optional.ofNullable(ctx.request().getParam("appsecret_proof"))
                .orElse(body.getString("appsecret_proof"));
        String expected = Hmac.sha256Hex(APP_SECRET, token.getBytes(StandardCharsets.UTF_8));
        return proof == null || proof.equals(expected)
                ? Optional.empty()
                : Optional.of(Refusal.of(100, null, "Invalid appsecret_proof provided in the API argument"));
    }

    /** One bad event makes the whole request fail, and nothing is stored. */
    private static Optional<Refusal> checkBatch(JsonObject body) {
        if (!(body.getValue("data") instanceof JsonArray events) || events.isEmpty()) {
            return Optional.of(Refusal.of(100, null, "(#100) param data must be non-empty."));
        }
        if (events.size() > MOST_EVENTS) {
            return Optional.of(Refusal.of(100, 2804001, "Too many events: at most 1000"));
        }
        Instant now = Instant.now();
        for (int i = 0; i < events.size(); i++) {
            Optional<Refusal> bad = events.getValue(i) instanceof JsonObject event
                    ? CheckEvent.check(event, now)
                    : Optional.of(Refusal.of(100, null, "(#100) an event must be an object"));
            if (bad.isPresent()) {
                return bad;
            }
        }
        return Optional.empty();
    }

    private static void refuse(RoutingContext ctx, Refusal refusal) {
        JsonObject error = new JsonObject()
                .put("message", refusal.message())
                .put("type", "OAuthException")
                .put("code", refusal.code());
        if (refusal.subcode() != null) {
            error.put("error_subcode", refusal.subcode());
        }
        error.put("is_transient", false)
                .put("error_user_title", refusal.title())
                .put("error_user_msg", refusal.title())
                .put("fbtrace_id", trace());
        Answer.json(ctx, 400, new JsonObject().put("error", error));
    }

    private static String trace() {
        return "ASimulated" + ThreadLocalRandom.current().nextInt(1_000_000);
    }
}
