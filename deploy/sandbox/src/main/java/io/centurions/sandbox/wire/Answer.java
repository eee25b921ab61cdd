package io.centurions.sandbox.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers a request; a caller that has gone away meanwhile is no error, as its own time-out tells it. */
public final class Answer {

    private Answer() {}

    public static void json(RoutingContext ctx, int status, JsonObject body) {
        bytes(ctx, status, "application/json; charset=utf-8", body.toBuffer());
    }

    public static void json(RoutingContext ctx, int status, JsonArray body) {
        bytes(ctx, status, "application/json; charset=utf-8", body.toBuffer());
    }

    public static void html(RoutingContext ctx, int status, String page) {
        bytes(ctx, status, "text/html; charset=utf-8", Buffer.buffer(page));
    }

    public static void text(RoutingContext ctx, int status, String text) {
        bytes(ctx, status, "text/plain; charset=utf-8", Buffer.buffer(text));
    }

    public static void bytes(RoutingContext ctx, int status, String contentType, Buffer body) {
        if (ctx.response().closed() || ctx.response().ended()) {
            return;
        }
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", contentType)
                .end(body);
    }

    public static void redirect(RoutingContext ctx, String location) {
        ctx.response().setStatusCode(302).putHeader("Location", location).end();
    }

    /** Refuses a call of the sandbox's own control addresses. */
    public static void refuse(RoutingContext ctx, int status, String why) {
        json(ctx, status, new JsonObject().put("error", why));
    }
}
