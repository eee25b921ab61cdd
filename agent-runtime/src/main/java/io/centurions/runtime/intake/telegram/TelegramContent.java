package io.centurions.runtime.intake.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.intake.Incoming.Content;
import io.centurions.runtime.intake.Incoming.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a Telegram message consists of. Of a file only its id is kept: the address it is fetched from contains the bot's
 * token.
 */
final class TelegramContent {

    // In this order: an animation is repeated as a document.
    private static final Map<String, Kind> FILES = new LinkedHashMap<>();

    static {
        FILES.put("voice", Kind.AUDIO);
        FILES.put("audio", Kind.AUDIO);
        FILES.put("video", Kind.VIDEO);
        FILES.put("video_note", Kind.VIDEO);
        FILES.put("animation", Kind.VIDEO);
        FILES.put("sticker", Kind.STICKER);
        FILES.put("document", Kind.DOCUMENT);
    }

    private TelegramContent() {}

    static Content of(JsonNode message) {
        if (message.has("text")) {
            String text = message.path("text").asText();
            return Content.text(text).referredBy(ReadTelegram.startReferral(object(), text));
        }
        String caption = message.has("caption") ? message.path("caption").asText() : null;
        if (message.path("photo").isArray() && !message.path("photo").isEmpty()) {
            JsonNode sizes = message.path("photo");
            return Content.media(Kind.IMAGE, caption, file("photo", sizes.get(sizes.size() - 1)));
        }
        for (Map.Entry<String, Kind> file : FILES.entrySet()) {
            if (message.has(file.getKey())) {
                return Content.media(file.getValue(), caption, file(file.getKey(), message.path(file.getKey())));
            }
        }
        return unfiled(message);
    }

    private static Content unfiled(JsonNode message) {
        if (message.has("location")) {
            JsonNode location = message.path("location");
            return Content.media(
                    Kind.LOCATION,
                    null,
                    object().put("latitude", location.path("latitude").asDouble())
                            .put("longitude", location.path("longitude").asDouble()));
        }
        if (message.has("contact")) {
            JsonNode contact = message.path("contact");
            return Content.media(
                    Kind.CONTACT,
                    null,
                    object().put(
                                    "name",
                                    (contact.path("first_name").asText("") + " "
                                                    + contact.path("last_name").asText(""))
                                            .strip())
                            .put("phone", contact.path("phone_number").asText()));
        }
        return Content.media(Kind.OTHER, null, null);
    }

    private static ObjectNode file(String type, JsonNode file) {
        ObjectNode media = object().put("type", type)
                .put("file_id", file.path("file_id").asText())
                .put("file_unique_id", file.path("file_unique_id").asText());
        copy(file, "mime_type", media, "mime");
        copy(file, "file_name", media, "file_name");
        copy(file, "file_size", media, "size");
        copy(file, "duration", media, "seconds");
        return media;
    }

    private static void copy(JsonNode from, String field, ObjectNode to, String name) {
        if (from.hasNonNull(field)) {
            to.set(name, from.get(field));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
