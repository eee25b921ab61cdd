package io.centurions.sandbox.evolution;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** {@code /instance/*}: making, pairing and removing instances. */
final class InstanceRoutes {

    private static final Set<String> INTEGRATIONS = Set.of("WHATSAPP-BAILEYS", "WHATSAPP-BUSINESS", "EVOLUTION");
    private static final String MISSING_NAME =
            "Foreign key constraint violated on the constraint: `Setting_instanceId_fkey`";

    private final Instances instances;
    private final Guard guard;
    private final Pairing pairing;
    private final Announce announce;

    InstanceRoutes(Instances instances, Guard guard, Pairing pairing, Announce announce) {
        this.instances = instances;
        this.guard = guard;
        this.pairing = pairing;
        this.announce = announce;
    }

    void mount(Router router) {
        router.post("/evolution/instance/create").handler(this::create);
        router.get("/evolution/instance/fetchInstances").handler(this::fetch);
        router.get("/evolution/instance/connect/:instance").handler(guard.on(this::connect));
        router.get("/evolution/instance/connectionState/:instance").handler(guard.on(this::state));
        router.post("/evolution/instance/restart/:instance").handler(guard.on(this::restart));
        router.put("/evolution/instance/restart/:instance").handler(guard.on(this::restart));
        router.delete("/evolution/instance/logout/:instance").handler(guard.on(this::logout));
        router.delete("/evolution/instance/delete/:instance").handler(this::delete);
        router.post("/evolution/_sandbox/:instance/scan").handler(this::scan);
        router.post("/evolution/_sandbox/:instance/drop").handler(this::drop);
    }

    private void create(RoutingContext ctx) {
        JsonObject asked = RequestBody.of(ctx).json();
        String name = asked.getString("instanceName");
        if (name != null && instances.find(name).isPresent()) {
            Guard.refuse(ctx, 403, new JsonArray().add("This name \"" + name + "\" is already in use."));
        } else if (!Guard.hasGlobalKey(ctx)) {
            Guard.unauthorized(ctx);
        } else if (name == null || name.isBlank()) {
            Guard.refuse(ctx, 400, new JsonArray().add(MISSING_NAME));
        } else if (!INTEGRATIONS.contains(asked.getString("integration", "WHATSAPP-BAILEYS"))) {
            Guard.refuse(ctx, 400, new JsonArray().add("Invalid integration"));
        } else {
            Answer.json(ctx, 201, created(asked));
        }
    }

    private JsonObject created(JsonObject asked) {
        Instance instance = Instance.created(asked);
        JsonObject webhook = asked.getJsonObject("webhook");
        if (webhook != null && webhook.getString("url") != null) {
            // Whatever was asked: a webhook given at creation is always enabled.
            instance.webhook(webhook.copy().put("enabled", true));
        }
        instances.add(instance);
        JsonObject answer = new JsonObject()
                .put(
                        "instance",
                        new JsonObject()
                                .put("instanceName", instance.name())
                                .put("instanceId", instance.id())
                                .put("integration", instance.integration())
                                .putNull("webhookWaBusiness")
                                .put("accessTokenWaBusiness", "")
                                .put("status", instance.state()))
                .put("hash", instance.token())
                .put("webhook", webhookSummary(instance));
        for (String unused : new String[] {"websocket", "rabbitmq", "nats", "sqs"}) {
            answer.put(unused, new JsonObject());
        }
        answer.put("settings", instance.settings().copy());
        if (asked.getBoolean("qrcode", false) && !instance.isOpen()) {
            answer.put("qrcode", pairing.atCreation(instance, asked.getString("number")));
        }
        return answer;
    }

    private static JsonObject webhookSummary(Instance instance) {
        JsonObject summary = new JsonObject();
        instance.webhook()
                .ifPresent(webhook -> summary.put("webhookUrl", webhook.getString("url"))
                        .put("webhookHeaders", webhook.getJsonObject("headers"))
                        .put("webhookByEvents", webhook.getBoolean("webhookByEvents"))
                        .put("webhookBase64", webhook.getBoolean("webhookBase64")));
        return summary;
    }

    private void fetch(RoutingContext ctx) {
        String name = ctx.request().getParam("instanceName");
        String id = ctx.request().getParam("instanceId");
        if (name != null && instances.find(name).isEmpty()) {
            Guard.refuse(ctx, 404, new JsonArray().add("Instance \"" + name + "\" not found"));
            return;
        }
        boolean ownsOne = instances.all().stream().anyMatch(one -> one.token().equals(Guard.key(ctx)));
        if (!Guard.hasGlobalKey(ctx) && !ownsOne) {
            Guard.unauthorized(ctx);
            return;
        }
        JsonArray rows = new JsonArray();
        instances.all().stream()
                .filter(one -> guard.admits(ctx, one))
                .filter(one -> name == null || one.name().equals(name))
                .filter(one -> id == null || one.id().equals(id))
                .forEach(one -> rows.add(one.row()));
        Answer.json(ctx, 200, rows);
    }

    private void connect(RoutingContext ctx, Instance instance) {
        Answer.json(
                ctx,
                200,
                instance.isOpen()
                        ? stateOf(instance)
                        : pairing.onDemand(instance, ctx.request().getParam("number")));
    }

    private void state(RoutingContext ctx, Instance instance) {
        Answer.json(ctx, 200, stateOf(instance));
    }

    private static JsonObject stateOf(Instance instance) {
        return new JsonObject()
                .put(
                        "instance",
                        new JsonObject().put("instanceName", instance.name()).put("state", instance.state()));
    }

    private void restart(RoutingContext ctx, Instance instance) {
        if (instance.state().equals("close")) {
            // The real server answers 200 to its own failure, with this very text.
            Answer.json(ctx, 200, new JsonObject().put("error", true).put("message", "[object Object]"));
            return;
        }
        pairing.restart(instance);
        Answer.json(ctx, 200, stateOf(instance));
    }

    private void logout(RoutingContext ctx, Instance instance) {
        if (!instance.isOpen()) {
            Guard.refuse(ctx, 400, new JsonArray().add("The \"" + instance.name() + "\" instance is not connected"));
            return;
        }
        announce.event(instance, "logout.instance", null);
        closed(instance);
        Answer.json(ctx, 200, success("Instance logged out"));
    }

    /** Deleting twice is answered 200 twice. */
    private void delete(RoutingContext ctx) {
        Optional<Instance> instance = instances.find(ctx.pathParam("instance"));
        if (!Guard.hasGlobalKey(ctx)
                && !instance.map(one -> guard.admits(ctx, one)).orElse(false)) {
            Guard.unauthorized(ctx);
            return;
        }
        instance.ifPresent(one -> {
            announce.event(one, "remove.instance", null);
            instances.remove(one);
        });
        Answer.json(ctx, 200, success("Instance deleted"));
    }

    private static JsonObject success(String message) {
        return new JsonObject()
                .put("status", "SUCCESS")
                .put("error", false)
                .put("response", new JsonObject().put("message", message));
    }

    private void scan(RoutingContext ctx) {
        Optional<Instance> instance = instances.find(ctx.pathParam("instance"));
        if (instance.isEmpty()) {
            Answer.refuse(ctx, 404, "no such instance");
        } else if (!instance.get().isOpen() && !pairing.scan(instance.get())) {
            Answer.refuse(ctx, 409, "no QR code is shown for this instance");
        } else {
            Answer.json(ctx, 200, stateOf(instance.get()));
        }
    }

    /** The person unlinks the device on the telephone. */
    private void drop(RoutingContext ctx) {
        instances
                .find(ctx.pathParam("instance"))
                .ifPresentOrElse(
                        instance -> {
                            closed(instance);
                            Answer.json(ctx, 200, stateOf(instance));
                        },
                        () -> Answer.refuse(ctx, 404, "no such instance"));
    }

    private void closed(Instance instance) {
        instance.unpaired();
        instances.changed();
        announce.event(
                instance,
                "status.instance",
                new JsonObject()
                        .put("instance", instance.name())
                        .put("status", "closed")
                        .put("disconnectionAt", Instant.now().toString())
                        .put("disconnectionReasonCode", 401)
                        .put("disconnectionObject", "{\"output\":{\"statusCode\":401}}"));
        announce.connection(instance, "close", 401);
    }
}
