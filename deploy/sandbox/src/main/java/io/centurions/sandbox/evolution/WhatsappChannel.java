package io.centurions.sandbox.evolution;

import io.centurions.sandbox.phone.Channel;
import io.centurions.sandbox.phone.LeadMessage;
import io.centurions.sandbox.phone.PhoneRefusal;
import io.centurions.sandbox.phone.Sent;
import io.centurions.sandbox.wire.Delivery;
import io.centurions.sandbox.wire.Parcel;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** WhatsApp as the lead's telephone uses it. The same message id again repeats the first webhook byte for byte. */
final class WhatsappChannel implements Channel {

    private final Instances instances;
    private final Announce announce;
    private final Map<String, Parcel> written = new HashMap<>();

    WhatsappChannel(Instances instances, Announce announce) {
        this.instances = instances;
        this.announce = announce;
    }

    @Override
    public String name() {
        return Outgoing.CHANNEL;
    }

    @Override
    public List<JsonObject> instances() {
        return instances.all().stream()
                .map(instance -> new JsonObject()
                        .put("instance", instance.name())
                        .put("name", instance.name())
                        .put("state", instance.state()))
                .toList();
    }

    @Override
    public String addressOf(String from) {
        String phone = Jid.phoneOf(from);
        if (!phone.matches("\\d{8,15}")) {
            throw new PhoneRefusal(400, "from must be a phone number with country code");
        }
        return phone;
    }

    @Override
    public Sent write(LeadMessage message) {
        Instance instance = instances
                .find(message.instance())
                .orElseThrow(() -> new PhoneRefusal(404, "no WhatsApp instance " + message.instance()));
        if (!instance.isOpen()) {
            throw new PhoneRefusal(409, "the instance is not connected: " + instance.state());
        }
        addressOf(message.from());
        String id = message.id().orElseGet(WhatsappChannel::freshId);
        return new Sent(id, deliver(instance, message, id));
    }

    private Delivery deliver(Instance instance, LeadMessage message, String id) {
        Parcel before = written.get(instance.name() + "/" + id);
        if (before != null) {
            return announce.sendLate(message.heldMs(), before);
        }
        JsonObject webhook = instance.webhook().orElseGet(JsonObject::new);
        boolean withBase64 = webhook.getBoolean("webhookBase64", false);
        JsonObject data = UpsertShape.of(instance, message, id, withBase64);
        instance.remember(data);
        message.media().ifPresent(file -> instance.rememberMedia(id, file));
        if (webhook.isEmpty() || !Announce.isWanted(webhook, "messages.upsert")) {
            return Delivery.nowhere();
        }
        Parcel parcel = announce.parcel(instance, webhook, "messages.upsert", data);
        written.put(instance.name() + "/" + id, parcel);
        return announce.sendLate(message.heldMs(), parcel);
    }

    private static String freshId() {
        return "3A"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 18).toUpperCase();
    }
}
