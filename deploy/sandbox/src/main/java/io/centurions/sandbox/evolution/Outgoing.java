package io.centurions.sandbox.evolution;

import io.centurions.sandbox.phone.Chat;
import io.centurions.sandbox.phone.ChatMessage;
import io.centurions.sandbox.phone.Chats;
import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/** A message of the Centurion on its way to the lead's telephone, with the webhooks that follow it. */
final class Outgoing {

    static final String CHANNEL = "whatsapp";

    private final Surroundings around;
    private final Chats chats;
    private final Announce announce;

    Outgoing(Surroundings around, Chats chats, Announce announce) {
        this.around = around;
        this.chats = chats;
        this.announce = announce;
    }

    /**
     * Accepts the message and lets it be delivered and read.
     *
     * @param message the vendor's content, keyed by message type
     * @return what the server answers and repeats as send.message
     */
    JsonObject send(Instance instance, String phone, JsonObject message, String text, Optional<Media> media) {
        String id = "3EB0"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 18).toUpperCase();
        JsonObject accepted = new JsonObject()
                .put(
                        "key",
                        new JsonObject()
                                .put("remoteJid", phone + Jid.PHONE)
                                .put("fromMe", true)
                                .put("id", id))
                .put("pushName", "")
                .put("status", "PENDING")
                .put("message", message)
                .putNull("contextInfo")
                .put("messageType", message.fieldNames().iterator().next())
                .put("messageTimestamp", System.currentTimeMillis() / 1000)
                .put("instanceId", instance.id())
                .put("source", "web");
        instance.remember(accepted);
        media.ifPresent(file -> instance.rememberMedia(id, file));
        ChatMessage bubble = chats.of(CHANNEL, instance.name(), phone).received(id, text, media);
        around.afterSteps(1, () -> announce.event(instance, "send.message", accepted));
        around.afterSteps(2, () -> reached(instance, bubble, "delivered", "DELIVERY_ACK", phone));
        around.afterSteps(4, () -> reached(instance, bubble, "read", "READ", phone));
        return accepted;
    }

    private void reached(Instance instance, ChatMessage bubble, String status, String vendorStatus, String phone) {
        bubble.reached(status);
        announce.event(
                instance,
                "messages.update",
                new JsonObject()
                        .put("keyId", bubble.id())
                        .put("remoteJid", phone + Jid.PHONE)
                        .put("fromMe", true)
                        .put("status", vendorStatus)
                        .put("instanceId", instance.id())
                        .put("messageId", "cm" + bubble.id().substring(4).toLowerCase()));
    }

    /** Keeps the HTTP call open as long as it asked for, showing "digitando…" meanwhile. */
    void held(Instance instance, String phone, long delayMs, Runnable then) {
        if (delayMs <= 0) {
            then.run();
            return;
        }
        Chat chat = chats.of(CHANNEL, instance.name(), phone);
        chat.typing(delayMs);
        around.after(around.pace().heldMs(delayMs), then);
    }
}
