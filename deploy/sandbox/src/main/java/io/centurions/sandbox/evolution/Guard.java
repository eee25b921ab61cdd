package io.centurions.sandbox.evolution;

import io.centurions.sandbox.wire.Answer;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The server's guards in its own order (instance exists, then key) and its error shapes. */
final class Guard {

    private final Instances instances;

    Guard(Instances instances) {
        this.instances = instances;
    }

    /** A route below an instance: 404 before 401, as the real server lets strangers learn names. */
    Handler<RoutingContext> on(BiConsumer<RoutingContext, Instance> route) {
        return ctx -> {
            String name = ctx.pathParam("instance");
            Optional<Instance> instance = instances.find(name);
            if (instance.isEmpty()) {
                refuse(ctx, 404, new JsonArray().add("The \"" + name + "\" instance does not exist"));
            } else if (!admits(ctx, instance.get())) {
                unauthorized(ctx);
            } else {
                route.accept(ctx, instance.get());
            }
        };
    }

    boolean admits(RoutingContext ctx, Instance instance) {
        return hasGlobalKey(ctx) || instance.token().equals(key(ctx));
    }

    static boolean hasGlobalKey(RoutingContext ctx) {
        return EvolutionSimulator.GLOBAL_KEY.equals(key(ctx));
    }

    static String key(RoutingContext ctx) {
        return ctx.request().getHeader("apikey");
    }

    static void unauthorized(RoutingContext ctx) {
        refuse(ctx, 401, "Unauthorized");
    }

    static void refuse(RoutingContext ctx, int status, Object message) {
        Answer.json(
                ctx,
                status,
                new JsonObject()
                        .put("status", status)
                        .put("error", reason(status))
                        .put("response", new JsonObject().put("message", message)));
    }

    /** A schema error, which the server wraps twice. */
    static void refuseSchema(RoutingContext ctx, String message) {
        refuse(ctx, 400, new JsonArray().add(new JsonArray().add(message)));
    }

    static void noSuchRoute(RoutingContext ctx) {
        String path = ctx.request().path().substring("/evolution".length());
        refuse(ctx, 404, new JsonArray().add("Cannot " + ctx.request().method() + " " + path));
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            default -> "Internal Server Error";
        };
    }
}
