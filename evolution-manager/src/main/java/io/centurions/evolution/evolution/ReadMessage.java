package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/** Reads messages: a lead's, and our own as the phone or the server sent them (echoes). */
final class ReadMessage {

    private static final Set<String> NOT_SAID = Set.of(
            "pollUpdateMessage",
            "encReactionMessage",
            "encEventResponseMessage",
            "secretEncryptedMessage",
            "albumMessage",
            "pinInChatMessage",
            "keepInChatMessage",
            "placeholderMessage");

    private ReadMessage() {}

    /** {@code messages.upsert}: what a lead wrote, or what was typed on the connected phone. */
    static Reading upserted(JsonNode data, Arrival arrival) {
        JsonNode key = data.path("key");
        Reading notOurs = Chat.notOnePersons(Wire.text(key.path("id")), Wire.text(key.path("remoteJid")));
        if (notOurs != null) {
            return notOurs;
        }
        Chat chat = Chat.of(key);
        if (arrival.ownJid() != null && chat.meets(Chat.of(arrival.ownJid()))) {
            return new Reading.Ignored("self_chat");
        }
        Content content = Content.of(data.path("message"), data.path("contextInfo"));
        boolean fromMe = key.path("fromMe").asBoolean(false);
        return switch (content.type()) {
            case "" -> emptyShell(data, content, chat, fromMe, arrival);
            case "protocolMessage" -> ReadMark.protocol(content.node(), arrival);
            case "reactionMessage" -> reaction(data, content, chat, fromMe, arrival);
            default ->
                NOT_SAID.contains(content.type())
                        ? new Reading.Ignored("no_content")
                        : new Reading.Said(item(data, content, chat, fromMe ? "echo" : "message", "", arrival));
        };
    }

    /** {@code send.message}: what was sent through the server, by us or by anyone who holds its key. */
    static Reading sentByServer(JsonNode data, Arrival arrival) {
        JsonNode key = data.path("key");
        Reading notOurs = Chat.notOnePersons(Wire.text(key.path("id")), Wire.text(key.path("remoteJid")));
        if (notOurs != null) {
            return notOurs;
        }
        Content content = Content.of(data.path("message"), data.path("contextInfo"));
        return new Reading.Said(item(data, content, Chat.of(key), "echo", "", arrival));
    }

    // The first message after an ad click sometimes arrives without words. The click must not be lost; the words,
    // should they come
    // later under the same id, are another revision.
    private static Reading emptyShell(JsonNode data, Content content, Chat chat, boolean fromMe, Arrival arrival) {
        if (!fromMe && AdClick.of(content.context()) != null) {
            return new Reading.Said(item(data, content, chat, "message", "shell", arrival));
        }
        return hasPlaceForWords(data) ? new Reading.Ignored("no_content") : new Reading.NotUnderstood("no_message");
    }

    // A stub stands for what nobody wrote, as a missed call, and comes without a message in some versions.
    private static boolean hasPlaceForWords(JsonNode data) {
        JsonNode message = data.path("message");
        return message.isObject() || message.isNull() || data.hasNonNull("messageStubType");
    }

    private static Reading reaction(JsonNode data, Content content, Chat chat, boolean fromMe, Arrival arrival) {
        String target = Wire.text(content.node().path("key").path("id"));
        if (fromMe) {
            return new Reading.Ignored("own_reaction");
        }
        if (target == null) {
            return new Reading.NotUnderstood("no_id");
        }
        String id = data.path("key").path("id").asText();
        return new Reading.Said(ReadMark.about(
                "reaction",
                target,
                chat,
                Arrival.key(chat, false, "reaction", id, ""),
                content.text(),
                written(data, arrival),
                arrival));
    }

    private static IntakeItem item(
            JsonNode data, Content content, Chat chat, String what, String revision, Arrival arrival) {
        String id = Wire.text(data.path("key").path("id"));
        boolean fromMe = what.equals("echo");
        return new IntakeItem(
                arrival.instance(),
                what,
                Arrival.key(chat, fromMe, what, id, revision),
                id,
                chat.ref(),
                chat.identities(),
                // On our own messages it is the account's name, not the lead's.
                fromMe ? null : Wire.text(data.path("pushName")),
                content.kind(),
                content.text(),
                content.media(),
                fromMe ? null : AdClick.of(content.context()),
                Wire.text(content.context().path("stanzaId")),
                written(data, arrival),
                null,
                null,
                fromMe || content.media() == null ? null : Content.inline(data.path("message")));
    }

    private static Instant written(JsonNode data, Arrival arrival) {
        Instant written = Wire.moment(data.path("messageTimestamp"));
        return written != null ? written : arrival.receivedAt();
    }
}
