package io.centurions.sandbox.evolution;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /webhook/*}: where the fleet wants an instance's events, written and read back. */
final class WebhookRoutes {

    private static final List<String> EVENTS = List.of(
            "APPLICATION_STARTUP",
            "QRCODE_UPDATED",
            "MESSAGES_SET",
            "MESSAGES_UPSERT",
            "MESSAGES_EDITED",
            "MESSAGES_UPDATE",
            "MESSAGES_DELETE",
            "SEND_MESSAGE",
            "SEND_MESSAGE_UPDATE",
            "CONTACTS_SET",
            "CONTACTS_UPSERT",
            "CONTACTS_UPDATE",
            "PRESENCE_UPDATE",
            "CHATS_SET",
            "CHATS_UPSERT",
            "CHATS_UPDATE",
            "CHATS_DELETE",
            "GROUPS_UPSERT",
            "GROUP_UPDATE",
            "GROUP_PARTICIPANTS_UPDATE",
            "CONNECTION_UPDATE",
            "LABELS_EDIT",
            "LABELS_ASSOCIATION",
            "CALL",
            "TYPEBOT_START",
            "TYPEBOT_CHANGE_STATUS",
            "REMOVE_INSTANCE",
            "LOGOUT_INSTANCE",
            "INSTANCE_CREATE",
            "INSTANCE_DELETE",
            "STATUS_INSTANCE");

    private final Instances instances;
    private final Guard guard;

    WebhookRoutes(Instances instances, Guard guard) {
        this.instances = instances;
        this.guard = guard;
    }

    void mount(Router router) {
        router.post("/evolution/webhook/set/:instance").handler(guard.on(this::set));
        router.get("/evolution/webhook/find/:instance").handler(guard.on(this::find));
    }

    private void set(RoutingContext ctx, Instance instance) {
        JsonObject webhook = RequestBody.of(ctx).json().getJsonObject("webhook");
        if (webhook == null) {
            Guard.refuseSchema(ctx, "instance requires property \"webhook\"");
            return;
        }
        JsonArray events = webhook.getJsonArray("events");
        if (events == null) {
            Guard.refuse(ctx, 500, "Cannot read properties of undefined (reading 'length')");
            return;
        }
        for (int i = 0; i < events.size(); i++) {
            if (!EVENTS.contains(events.getString(i))) {
                Guard.refuseSchema(
                        ctx, "webhook.events[" + i + "] is not one of enum values: " + String.join(",", EVENTS));
                return;
            }
        }
        JsonObject row = instance.webhook(webhook);
        instances.changed();
        Answer.json(ctx, 201, row);
    }

    private void find(RoutingContext ctx, Instance instance) {
        instance.webhook()
                .ifPresentOrElse(
                        row -> Answer.json(ctx, 200, row),
                        () -> Answer.bytes(ctx, 200, "application/json; charset=utf-8", Buffer.buffer("null")));
    }
}
