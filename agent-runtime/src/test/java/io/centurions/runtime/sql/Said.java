package io.centurions.runtime.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Intake items as gateways build them. */
final class Said {

    private static final AtomicLong NUMBERS = new AtomicLong(10_000_000);

    private Said() {}

    /** A Brazilian mobile that no other test uses, with its ninth digit. */
    static String phone() {
        return "5531" + "98" + String.format("%07d", NUMBERS.incrementAndGet() % 10_000_000);
    }

    static String id() {
        return "3EB0" + NUMBERS.incrementAndGet();
    }

    static ObjectNode message(UUID instance, String chat, String id, String text) {
        return item(instance, "message", chat, "in", id, "0")
                .put("kind", "text")
                .put("text", text)
                .put("name", "Maria");
    }

    static ObjectNode message(UUID instance, String chat, String text) {
        return message(instance, chat, id(), text);
    }

    static ObjectNode echo(UUID instance, String chat, String id, String text) {
        return item(instance, "echo", chat, "out", id, "0").put("kind", "text").put("text", text);
    }

    static ObjectNode status(UUID instance, String chat, String id, String status) {
        return item(instance, "status", chat, "out", id, status).put("status", status);
    }

    static ObjectNode item(UUID instance, String what, String chat, String direction, String id, String revision) {
        ObjectNode item = ConversationDatabase.JSON
                .createObjectNode()
                .put("instance_id", instance.toString())
                .put("what", what)
                .put("provider_key", String.join("|", chat, direction, what, id, revision))
                .put("provider_message_id", id)
                .put("chat_ref", chat);
        item.putArray("identities");
        return item;
    }

    static ObjectNode known(ObjectNode item, String kind, String value) {
        item.withArray("identities").addObject().put("kind", kind).put("value", value);
        return item;
    }
}
