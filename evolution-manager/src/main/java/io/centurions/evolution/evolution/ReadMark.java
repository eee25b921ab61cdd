package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Set;

/** Reads what happens to a message after it was written (status, edit, deletion) and signs of typing. */
final class ReadMark {

    private static final Set<String> TYPING = Set.of("composing", "recording");

    private ReadMark() {}

    /** {@code messages.update}: how far one of our messages has come. */
    static Reading status(JsonNode data, Arrival arrival) {
        String id = Wire.text(
                data.has("keyId") ? data.path("keyId") : data.path("key").path("id"));
        String jid = Wire.text(
                data.has("remoteJid")
                        ? data.path("remoteJid")
                        : data.path("key").path("remoteJid"));
        Reading notOurs = Chat.notOnePersons(id, jid);
        if (notOurs != null) {
            return notOurs;
        }
        boolean fromMe =
                data.path("fromMe").asBoolean(data.path("key").path("fromMe").asBoolean(false));
        String said = Wire.text(data.path("status"));
        String status = statusOf(said == null ? "" : said);
        if (!fromMe || status == null) {
            return new Reading.Ignored(fromMe ? ignoredStatus(said) : "status_of_inbound");
        }
        Chat chat = Chat.of(jid);
        return new Reading.Said(new IntakeItem(
                arrival.instance(),
                "status",
                Arrival.key(chat, true, "status", id, status),
                id,
                chat.ref(),
                chat.identities(),
                null,
                null,
                null,
                null,
                null,
                null,
                arrival.receivedAt(),
                status,
                status.equals("failed") ? "provider_error" : null,
                null));
    }

    /** {@code messages.edited} carries every protocol message: edits and revocations, but timers and history syncs as well. */
    static Reading protocol(JsonNode protocol, Arrival arrival) {
        JsonNode key = protocol.path("key");
        String id = Wire.text(key.path("id"));
        String jid = Wire.text(key.path("remoteJid"));
        String type = Wire.text(protocol.path("type"));
        boolean edit = "MESSAGE_EDIT".equals(type) || "14".equals(type);
        boolean revoke = "REVOKE".equals(type) || "0".equals(type);
        if (!edit && !revoke) {
            return new Reading.Ignored("protocol_message");
        }
        Reading notOurs = Chat.notOnePersons(id, jid);
        if (notOurs != null) {
            return notOurs;
        }
        return revoke ? deleted(key, arrival) : edited(protocol, Chat.of(key), id, arrival);
    }

    /** {@code messages.delete}: the data is the message's key. */
    static Reading deleted(JsonNode data, Arrival arrival) {
        JsonNode key = data.has("key") ? data.path("key") : data;
        String id = Wire.text(key.path("id"));
        Reading notOurs = Chat.notOnePersons(id, Wire.text(key.path("remoteJid")));
        if (notOurs != null) {
            return notOurs;
        }
        Chat chat = Chat.of(key);
        String repeat = Arrival.key(chat, key.path("fromMe").asBoolean(false), "delete", id, "");
        return new Reading.Said(about("delete", id, chat, repeat, null, arrival.receivedAt(), arrival));
    }

    /** {@code presence.update}: only typing and recording say something about a turn. */
    static Reading presence(JsonNode data, Arrival arrival) {
        String jid = Wire.text(data.path("id"));
        Reading notOurs = Chat.notOnePersons(jid);
        if (notOurs != null) {
            return notOurs;
        }
        boolean typing = false;
        for (JsonNode presence : data.path("presences")) {
            typing |= TYPING.contains(presence.path("lastKnownPresence").asText(""));
        }
        if (!typing) {
            return new Reading.Ignored("presence_without_typing");
        }
        Chat chat = Chat.of(jid);
        String repeat = Arrival.key(
                chat, false, "presence", "", Long.toString(arrival.receivedAt().toEpochMilli()));
        return new Reading.Said(about("presence", null, chat, repeat, null, arrival.receivedAt(), arrival));
    }

    static IntakeItem about(
            String what, String target, Chat chat, String repeat, String text, Instant at, Arrival arrival) {
        return new IntakeItem(
                arrival.instance(),
                what,
                repeat,
                target,
                chat.ref(),
                chat.identities(),
                null,
                null,
                text,
                null,
                null,
                null,
                at,
                null,
                null,
                null);
    }

    private static Reading edited(JsonNode protocol, Chat chat, String id, Arrival arrival) {
        Content content = Content.of(protocol.path("editedMessage"), MissingNode.getInstance());
        if (content.type().isEmpty()) {
            return new Reading.NotUnderstood("no_message");
        }
        if (content.text() == null) {
            return new Reading.Ignored("no_content");
        }
        Instant said = Wire.moment(protocol.path("timestampMs"));
        Instant at = said != null ? said : arrival.receivedAt();
        boolean fromMe = protocol.path("key").path("fromMe").asBoolean(false);
        // Each edit of a message is a fact of its own.
        String repeat = Arrival.key(chat, fromMe, "edit", id, Long.toString(at.toEpochMilli()));
        return new Reading.Said(about("edit", id, chat, repeat, content.text(), at, arrival));
    }

    // Names in webhooks, numbers in some versions. PENDING is what we know already.
    private static String statusOf(String said) {
        return switch (said) {
            case "ERROR", "0" -> "failed";
            case "SERVER_ACK", "2" -> "accepted";
            case "DELIVERY_ACK", "3" -> "delivered";
            case "READ", "PLAYED", "4", "5" -> "read";
            default -> null;
        };
    }

    private static String ignoredStatus(String said) {
        return switch (said == null ? "" : said) {
            case "" -> "no_status";
            case "PENDING", "1" -> "status_pending";
            // Also sent for an edit; deletions have an event of their own.
            case "DELETED" -> "status_deleted";
            default -> "unknown_status";
        };
    }
}
