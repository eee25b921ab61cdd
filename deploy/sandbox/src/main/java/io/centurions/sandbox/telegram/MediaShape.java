package io.centurions.sandbox.telegram;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** How a file stands in a message. */
final class MediaShape {

    private MediaShape() {}

    /** @param field photo, voice, audio, video or document */
    static JsonObject of(String field, Bot.BotFile file) {
        JsonObject described = new JsonObject();
        switch (field) {
            case "photo" -> {
                return new JsonObject().put("photo", sizes(file));
            }
            case "voice" ->
                described
                        .put("duration", 3)
                        .put("mime_type", file.media().mimetype().split(";")[0]);
            case "video" ->
                described
                        .put("duration", 5)
                        .put("width", 720)
                        .put("height", 1280)
                        .put("file_name", file.media().fileName())
                        .put("mime_type", file.media().mimetype());
            default ->
                described
                        .put("file_name", file.media().fileName())
                        .put("mime_type", file.media().mimetype());
        }
        return new JsonObject().put(field, described.mergeIn(identity(file)));
    }

    private static JsonArray sizes(Bot.BotFile file) {
        return new JsonArray()
                .add(identity(file).put("width", 320).put("height", 240))
                .add(identity(file).put("width", 1280).put("height", 960));
    }

    private static JsonObject identity(Bot.BotFile file) {
        return new JsonObject()
                .put("file_id", file.id())
                .put("file_unique_id", "u" + file.id().substring(3, 15))
                .put("file_size", file.media().content().length);
    }
}
