package io.centurions.sandbox.instagram;

import io.centurions.sandbox.wire.Answer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.ThreadLocalRandom;

/** The Graph's error shape; callers decide on code and subcode, not on the HTTP status. */
final class GraphError {

    private GraphError() {}

    static void badToken(RoutingContext ctx) {
        answer(ctx, "Invalid OAuth access token - Cannot parse access token", "OAuthException", 190, null);
    }

    static void noSuchUser(RoutingContext ctx) {
        answer(ctx, "No matching user found", "IGApiException", 100, 2534014);
    }

    static void noConsent(RoutingContext ctx) {
        answer(ctx, "User consent is required to access user profile", "OAuthException", 230, null);
    }

    static void badParameter(RoutingContext ctx, String message) {
        answer(ctx, message, "OAuthException", 100, null);
    }

    static void unknownPath(RoutingContext ctx) {
        answer(ctx, "Unknown path components: " + ctx.request().path(), "OAuthException", 2500, null);
    }

    private static void answer(RoutingContext ctx, String message, String type, int code, Integer subcode) {
        JsonObject error =
                new JsonObject().put("message", message).put("type", type).put("code", code);
        if (subcode != null) {
            error.put("error_subcode", subcode);
        }
        error.put("fbtrace_id", "ASimulated" + ThreadLocalRandom.current().nextInt(1_000_000));
        Answer.json(ctx, 400, new JsonObject().put("error", error));
    }
}
