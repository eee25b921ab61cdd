package io.centurions.sandbox.telegram;

import io.centurions.sandbox.phone.Channel;
import io.centurions.sandbox.phone.LeadMessage;
import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.phone.PhoneRefusal;
import io.centurions.sandbox.phone.Sent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Telegram as the lead's telephone uses it. The same message id again repeats the same update. */
final class TelegramChannel implements Channel {

    static final String NAME = "telegram";

    private final Bots bots;
    private final Updates updates;
    private final Map<String, JsonObject> written = new HashMap<>();

    TelegramChannel(Bots bots, Updates updates) {
        this.bots = bots;
        this.updates = updates;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<JsonObject> instances() {
        return bots.all().stream()
                .map(bot -> new JsonObject()
                        .put("instance", bot.id())
                        .put("name", "@" + bot.username())
                        .put("state", bot.webhook().isPresent() ? "open" : "polling"))
                .toList();
    }

    @Override
    public String addressOf(String from) {
        if (!from.matches("\\d{1,15}")) {
            throw new PhoneRefusal(400, "from must be a Telegram user id: digits only");
        }
        return from;
    }

    @Override
    public Sent write(LeadMessage message) {
        Bot bot = bots.find(message.instance())
                .orElseThrow(() -> new PhoneRefusal(404, "no bot with id " + message.instance()));
        if (message.fromBusiness()) {
            throw new PhoneRefusal(400, "nobody can write as a bot by hand");
        }
        long chat = Long.parseLong(addressOf(message.from()));
        String id = message.id().orElseGet(() -> Long.toString(bot.nextId()));
        if (!id.matches("\\d{1,15}")) {
            throw new PhoneRefusal(400, "a Telegram message id is a number");
        }
        JsonObject update = written.computeIfAbsent(bot.id() + "/" + chat + "/" + id, key -> update(bot, message, id));
        return new Sent(id, updates.deliver(bot, chat, update));
    }

    private JsonObject update(Bot bot, LeadMessage message, String id) {
        JsonObject person = person(message);
        JsonObject chat = person.copy().put("type", "private");
        if (bot.met(chat)) {
            updates.remember();
        }
        JsonObject from = person.copy().put("is_bot", false).put("language_code", "pt-br");
        JsonObject content = new JsonObject()
                .put("message_id", Long.parseLong(id))
                .put("from", from)
                .put("chat", chat)
                .put("date", System.currentTimeMillis() / 1000);
        message.media()
                .ifPresentOrElse(file -> addMedia(content, bot, file, message.text()), () -> addText(content, message));
        return new JsonObject().put("update_id", bot.nextId()).put("message", content);
    }

    private static void addText(JsonObject content, LeadMessage message) {
        content.put("text", message.text());
        if (message.text().startsWith("/")) {
            int length = message.text().split("\\s", 2)[0].length();
            content.put(
                    "entities",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("offset", 0)
                                    .put("length", length)
                                    .put("type", "bot_command")));
        }
    }

    private static void addMedia(JsonObject content, Bot bot, Media file, String text) {
        String field =
                switch (file.kind()) {
                    case "image" -> "photo";
                    case "audio" -> "voice";
                    case "video" -> "video";
                    default -> "document";
                };
        String caption = file.caption() != null ? file.caption() : text;
        if (!caption.isEmpty()) {
            content.put("caption", caption);
        }
        content.mergeIn(MediaShape.of(field, bot.keep(file)));
    }

    private static JsonObject person(LeadMessage message) {
        String[] names = message.name().strip().split("\\s+", 2);
        JsonObject person =
                new JsonObject().put("id", Long.parseLong(message.from())).put("first_name", names[0]);
        return names.length > 1 ? person.put("last_name", names[1]) : person;
    }
}
