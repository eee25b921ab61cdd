package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a message says, out of whatever it is wrapped in.
 *
 * @param type    the server's name of the content, {@code ""} when there is none
 * @param kind    ours
 * @param text    written words, a caption, a choice, a place or a name; null when there are none
 * @param media   what is known of the file, place or contact; null for words
 * @param context quotes and ads, wherever they were
 * @param node    the content itself, for the kinds that are not a message of their own
 */
record Content(String type, String kind, String text, JsonNode media, JsonNode context, JsonNode node) {

    private static final int DEEPEST_WRAPPING = 8;
    private static final Set<String> WRAPPERS = Set.of(
            "ephemeralMessage",
            "viewOnceMessage",
            "viewOnceMessageV2",
            "viewOnceMessageV2Extension",
            "documentWithCaptionMessage",
            "lottieStickerMessage",
            "deviceSentMessage",
            "editedMessage");
    private static final Map<String, String> FILES = Map.of(
            "imageMessage", "image",
            "audioMessage", "audio",
            "videoMessage", "video",
            "ptvMessage", "video",
            "documentMessage", "document",
            "stickerMessage", "sticker");
    // Beside the content, or no content: technical parts that every client adds.
    private static final Set<String> ASIDE = Set.of(
            "messageContextInfo",
            "senderKeyDistributionMessage",
            "fastRatchetKeySenderKeyDistributionMessage",
            "base64",
            "mediaUrl",
            "speechToText");
    private static final List<String> CHOICES =
            List.of("selectedDisplayText", "title", "selectedButtonId", "selectedId", "selectedRowId");

    static Content of(JsonNode message, JsonNode outerContext) {
        JsonNode inner = unwrapped(message);
        String type = typeOf(inner);
        JsonNode node = type.isEmpty() ? MissingNode.getInstance() : inner.path(type);
        JsonNode context = outerContext.isObject() ? outerContext : node.path("contextInfo");
        String kind = kindOf(type);
        return new Content(type, kind, textOf(type, node), mediaOf(type, node), context, node);
    }

    /** The file in base64, where the server sends it along. */
    static String inline(JsonNode message) {
        String outer = Wire.text(message.path("base64"));
        return outer != null ? outer : Wire.text(unwrapped(message).path("base64"));
    }

    private static JsonNode unwrapped(JsonNode message) {
        JsonNode inner = message;
        for (int depth = 0; depth < DEEPEST_WRAPPING; depth++) {
            String type = typeOf(inner);
            JsonNode next = inner.path(type).path("message");
            if (!WRAPPERS.contains(type) || !next.isObject()) {
                return inner;
            }
            inner = next;
        }
        return inner;
    }

    private static String typeOf(JsonNode message) {
        for (var field : message.properties()) {
            if (!ASIDE.contains(field.getKey()) && !field.getValue().isNull()) {
                return field.getKey();
            }
        }
        return "";
    }

    private static String kindOf(String type) {
        return switch (type) {
            case "conversation",
                    "extendedTextMessage",
                    "buttonsResponseMessage",
                    "templateButtonReplyMessage",
                    "listResponseMessage",
                    "interactiveResponseMessage" -> "text";
            case "locationMessage", "liveLocationMessage" -> "location";
            case "contactMessage", "contactsArrayMessage" -> "contact";
            case "reactionMessage" -> "reaction";
            default -> FILES.getOrDefault(type, "other");
        };
    }

    private static String textOf(String type, JsonNode node) {
        return switch (type) {
            case "conversation" -> Wire.text(node);
            case "extendedTextMessage", "reactionMessage" -> Wire.text(node.path("text"));
            case "buttonsResponseMessage", "templateButtonReplyMessage", "listResponseMessage" -> choice(node);
            case "interactiveResponseMessage" -> Wire.text(node.path("body").path("text"));
            case "locationMessage", "liveLocationMessage" -> place(node);
            case "contactMessage", "contactsArrayMessage" -> Wire.text(node.path("displayName"));
            default -> Wire.text(node.path("caption"));
        };
    }

    private static String choice(JsonNode node) {
        return CHOICES.stream()
                .map(name -> Wire.text(node.path(name)))
                .filter(chosen -> chosen != null)
                .findFirst()
                .orElse(null);
    }

    private static String place(JsonNode node) {
        String name = Wire.text(node.path("name"));
        String address = Wire.text(node.path("address"));
        if (name == null || address == null) {
            return name == null ? address : name;
        }
        return name + ", " + address;
    }

    private static JsonNode mediaOf(String type, JsonNode node) {
        if (FILES.containsKey(type)) {
            return file(node);
        }
        ObjectNode media = JsonNodeFactory.instance.objectNode();
        switch (kindOf(type)) {
            case "location" ->
                media.put("latitude", node.path("degreesLatitude").asDouble())
                        .put("longitude", node.path("degreesLongitude").asDouble());
            case "contact" -> put(media, "vcard", Wire.text(node.path("vcard")));
            default -> {
                return null;
            }
        }
        return media;
    }

    // The address in "url" holds encrypted bytes and is of no use to anyone but the server, which is asked for them
    // later.
    private static ObjectNode file(JsonNode node) {
        ObjectNode media = JsonNodeFactory.instance.objectNode().put("state", "pending");
        String mime = Wire.text(node.path("mimetype"));
        put(media, "mime", mime != null ? mime : Wire.text(node.path("mime_type")));
        put(media, "file_name", Wire.text(node.path("fileName")));
        Long bytes = Wire.number(node.path("fileLength"));
        Long seconds = Wire.number(node.path("seconds"));
        if (bytes != null) {
            media.put("bytes", bytes);
        }
        if (seconds != null) {
            media.put("seconds", seconds);
        }
        if (node.path("ptt").asBoolean(false)) {
            media.put("voice", true);
        }
        return media;
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }
}
