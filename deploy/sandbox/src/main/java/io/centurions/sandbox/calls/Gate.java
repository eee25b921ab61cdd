package io.centurions.sandbox.calls;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Stands before the providers: notes each call of the fleet and lets the asked faults happen. */
public final class Gate {

    private static final Logger LOG = System.getLogger("sandbox.calls");

    private final CallLog log;
    private final Faults faults = new Faults();

    /** @param callsKept how many calls are remembered, the newest */
    public Gate(int callsKept) {
        this.log = new CallLog(callsKept);
    }

    /** Must be mounted before any provider, so that no call slips by. */
    public void mount(Router router) {
        router.route().handler(this::pass);
        router.get("/calls").handler(this::list);
        router.delete("/calls").handler(ctx -> {
            log.clear();
            ctx.response().setStatusCode(204).end();
        });
        router.post("/faults").handler(this::addFault);
        router.get("/faults").handler(ctx -> Answer.json(ctx, 200, faults.list()));
        router.delete("/faults/:id").handler(this::endFault);
        router.delete("/faults").handler(ctx -> {
            faults.clear();
            ctx.response().setStatusCode(204).end();
        });
    }

    private void pass(RoutingContext ctx) {
        Optional<String> provider = ProviderPath.provider(ctx.request().path());
        if (provider.isEmpty()) {
            ctx.next();
            return;
        }
        JsonObject call = log.arrived(ctx, provider.get());
        ctx.addEndHandler(ended -> answered(ctx, call));
        faults.take(provider.get(), ctx.request().uri()).ifPresentOrElse(fault -> happen(ctx, fault), ctx::next);
    }

    private static void answered(RoutingContext ctx, JsonObject call) {
        call.put("status", ctx.response().getStatusCode());
        LOG.log(
                Level.INFO,
                "simulated {0}: {1} {2} -> {3}",
                call.getString("provider"),
                call.getString("method"),
                call.getString("path"),
                String.valueOf(call.getInteger("status")));
    }

    private void happen(RoutingContext ctx, JsonObject fault) {
        long delay = delay(fault);
        if (fault.getBoolean("hangs", false)) {
            // One by one, so that a caller who is gone keeps no other's call.
            faults.hold(fault, () -> ctx.vertx().runOnContext(released -> goWrong(ctx, fault)));
        } else if (delay > 0) {
            ctx.vertx().setTimer(delay, fired -> goWrong(ctx, fault));
        } else {
            goWrong(ctx, fault);
        }
    }

    // One of several ranges is drawn, then a time in it: mostly quick and sometimes very slow is said with two of them.
    private static long delay(JsonObject fault) {
        JsonArray ranges = fault.getJsonArray("delaysMs", new JsonArray());
        if (ranges.isEmpty()) {
            return fault.getLong("delayMs", 0L);
        }
        JsonArray range = ranges.getJsonArray(ThreadLocalRandom.current().nextInt(ranges.size()));
        return ThreadLocalRandom.current().nextLong(range.getLong(0), range.getLong(1) + 1);
    }

    private static void goWrong(RoutingContext ctx, JsonObject fault) {
        Integer status = fault.getInteger("status");
        Object body = fault.getValue("body");
        fault.getJsonObject("headers", new JsonObject())
                .forEach(header -> ctx.response().putHeader(header.getKey(), String.valueOf(header.getValue())));
        if (status == null) {
            ctx.next();
        } else if (status == 0) {
            ctx.request().connection().close();
        } else if (body instanceof JsonObject object) {
            Answer.json(ctx, status, object);
        } else if (body instanceof JsonArray array) {
            Answer.json(ctx, status, array);
        } else {
            Answer.bytes(ctx, status, "text/html", Buffer.buffer(body == null ? "simulated fault" : body.toString()));
        }
    }

    private void addFault(RoutingContext ctx) {
        JsonObject fault = RequestBody.of(ctx).json();
        if (fault.getString("provider") == null) {
            Answer.refuse(ctx, 400, "a fault needs a provider");
            return;
        }
        Answer.json(ctx, 201, faults.add(fault));
    }

    private void endFault(RoutingContext ctx) {
        String id = ctx.pathParam("id");
        Optional<JsonObject> ended = id.matches("\\d{1,18}") ? faults.remove(Long.parseLong(id)) : Optional.empty();
        ended.ifPresentOrElse(
                fault -> Answer.json(ctx, 200, fault),
                () -> Answer.refuse(ctx, 404, "no fault " + id + " is in force"));
    }

    private void list(RoutingContext ctx) {
        String since = ctx.request().getParam("since");
        try {
            Answer.json(ctx, 200, log.list(ctx.request().getParam("provider"), since));
        } catch (DateTimeException unreadable) {
            Answer.refuse(ctx, 400, "since must be a sequence number or an ISO time");
        }
    }
}
