package io.centurions.sandbox.telegram;

import io.centurions.sandbox.phone.Media;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One bot: who it is, where its updates go, whom it may write to, and the files it has seen. */
final class Bot {

    private static final int FILES_KEPT = 500;
    private static final int BIGGEST_FILE = 20 * 1024 * 1024;

    /** A file as the bot sees it. */
    record BotFile(String id, String path, Media media) {

        boolean isTooBig() {
            return media.content().length > BIGGEST_FILE;
        }
    }

    private final JsonObject kept;
    private final Map<String, BotFile> files = new LinkedHashMap<>();
    private long lastId;
    private String lastError;
    private long lastErrorAt;

    private Bot(JsonObject kept) {
        this.kept = kept;
    }

    static Bot fresh(String token) {
        return new Bot(new JsonObject().put("token", token).put("chats", new JsonObject()));
    }

    static Bot remembered(JsonObject kept) {
        return new Bot(kept);
    }

    JsonObject toRemember() {
        return kept.copy();
    }

    String token() {
        return kept.getString("token");
    }

    String id() {
        return token().substring(0, token().indexOf(':'));
    }

    String username() {
        return "centurion" + id() + "_bot";
    }

    /** The bot as sender of its messages. */
    JsonObject asSender() {
        return new JsonObject()
                .put("id", Long.parseLong(id()))
                .put("is_bot", true)
                .put("first_name", "Bot Simulado")
                .put("username", username());
    }

    JsonObject self() {
        return asSender()
                .put("can_join_groups", true)
                .put("can_read_all_group_messages", false)
                .put("supports_inline_queries", false);
    }

    /** Empty when updates are to be polled. */
    Optional<JsonObject> webhook() {
        return Optional.ofNullable(kept.getJsonObject("webhook"));
    }

    void webhook(JsonObject registration) {
        kept.put("webhook", registration);
    }

    void noWebhook() {
        kept.remove("webhook");
    }

    /** A bot may write only to people who have written to it. */
    Optional<JsonObject> chat(long chatId) {
        return Optional.ofNullable(kept.getJsonObject("chats").getJsonObject(Long.toString(chatId)));
    }

    boolean met(JsonObject chat) {
        String key = Long.toString(chat.getLong("id"));
        boolean first = !kept.getJsonObject("chats").containsKey(key);
        kept.getJsonObject("chats").put(key, chat);
        return first;
    }

    /**
     * Ids of updates and messages: from the clock, so that they go on growing over a restart without being remembered,
     * and small enough for 32 bits.
     */
    long nextId() {
        lastId = Math.max(lastId + 1, System.currentTimeMillis() / 1000);
        return lastId;
    }

    BotFile keep(Media media) {
        String id = "SIM" + UUID.randomUUID().toString().replace("-", "");
        String folder =
                switch (media.kind()) {
                    case "image" -> "photos";
                    case "audio" -> "voice";
                    case "video" -> "videos";
                    default -> "documents";
                };
        String path = folder + "/file_" + files.size() + "_" + id.substring(3, 9) + Media.extension(media.mimetype());
        BotFile file = new BotFile(id, path, media);
        files.put(id, file);
        if (files.size() > FILES_KEPT) {
            files.remove(files.keySet().iterator().next());
        }
        return file;
    }

    Optional<BotFile> file(String id) {
        return Optional.ofNullable(files.get(id));
    }

    Optional<Media> fileAt(String path) {
        return files.values().stream()
                .filter(file -> file.path().equals(path))
                .map(BotFile::media)
                .findFirst();
    }

    void failed(String why) {
        lastError = why;
        lastErrorAt = System.currentTimeMillis() / 1000;
    }

    JsonObject webhookView(int pending) {
        JsonObject registration = webhook().orElseGet(JsonObject::new);
        JsonObject view = new JsonObject()
                .put("url", registration.getString("url", ""))
                .put("has_custom_certificate", false)
                .put("pending_update_count", pending);
        if (lastError != null) {
            view.put("last_error_date", lastErrorAt).put("last_error_message", lastError);
        }
        if (!registration.isEmpty()) {
            view.put("max_connections", registration.getInteger("max_connections", 40))
                    .put("ip_address", "127.0.0.1");
            JsonArray allowed = registration.getJsonArray("allowed_updates");
            if (allowed != null) {
                view.put("allowed_updates", allowed);
            }
        }
        return view;
    }
}
