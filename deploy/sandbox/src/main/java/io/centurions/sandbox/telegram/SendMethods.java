package io.centurions.sandbox.telegram;

import io.centurions.sandbox.phone.ChatMessage;
import io.centurions.sandbox.phone.Chats;
import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Part;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** send*: what the fleet sends to leads. Telegram tells a bot neither delivery nor reading, so no webhook follows. */
final class SendMethods {

    private static final int LONGEST_TEXT = 4096;
    private static final int LONGEST_CAPTION = 1024;
    private static final long ACTION_SHOWN_MS = 5_000;

    private final Surroundings around;
    private final Chats chats;

    SendMethods(Surroundings around, Chats chats) {
        this.around = around;
        this.chats = chats;
    }

    void text(RoutingContext ctx, Bot bot) {
        Asked asked = Asked.in(ctx);
        String text = asked.text("text");
        Optional<JsonObject> chat = chat(ctx, bot, asked);
        if (chat.isEmpty()) {
            return;
        }
        if (text.isBlank()) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: message text is empty");
        } else if (text.length() > LONGEST_TEXT) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: message is too long");
        } else {
            send(ctx, bot, chat.get(), new JsonObject().put("text", text), text, Optional.empty());
        }
    }

    void media(RoutingContext ctx, Bot bot, String field) {
        Asked asked = Asked.in(ctx);
        Optional<JsonObject> chat = chat(ctx, bot, asked);
        if (chat.isEmpty()) {
            return;
        }
        Optional<Media> media = given(bot, asked, field);
        String caption = asked.text("caption");
        if (media.isEmpty()) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: wrong file identifier/HTTP URL specified");
        } else if (caption.length() > LONGEST_CAPTION) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: message caption is too long");
        } else {
            JsonObject content = MediaShape.of(field, bot.keep(media.get()));
            if (!caption.isEmpty()) {
                content.put("caption", caption);
            }
            send(ctx, bot, chat.get(), content, caption, media);
        }
    }

    private static Optional<JsonObject> chat(RoutingContext ctx, Bot bot, Asked asked) {
        Optional<JsonObject> chat = asked.number("chat_id").isPresent()
                ? bot.chat(asked.number("chat_id").getAsLong())
                : Optional.empty();
        if (chat.isEmpty()) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: chat not found");
        }
        return chat;
    }

    private void send(
            RoutingContext ctx, Bot bot, JsonObject chat, JsonObject content, String text, Optional<Media> media) {
        long id = bot.nextId();
        String address = Long.toString(chat.getLong("id"));
        ChatMessage bubble = chats.of(TelegramChannel.NAME, bot.id(), address).received(Long.toString(id), text, media);
        around.afterSteps(1, () -> bubble.reached("delivered"));
        around.afterSteps(3, () -> bubble.reached("read"));
        JsonObject message = new JsonObject()
                .put("message_id", id)
                .put("from", bot.asSender())
                .put("chat", chat)
                .put("date", System.currentTimeMillis() / 1000);
        TelegramSimulator.ok(ctx, message.mergeIn(content));
    }

    /** An upload, an address, or the id of a file that the bot has seen. */
    private static Optional<Media> given(Bot bot, Asked asked, String field) {
        Optional<Part> upload = asked.upload(field);
        if (upload.isPresent()) {
            Part part = upload.get();
            String type = part.contentType() == null ? "application/octet-stream" : part.contentType();
            return Optional.of(new Media(kind(field), type, part.fileName(), asked.text("caption"), part.content()));
        }
        String given = asked.text(field);
        if (given.matches("https?://\\S+")) {
            String name = given.substring(given.lastIndexOf('/') + 1);
            return Optional.of(new Media(kind(field), usualType(field), name, asked.text("caption"), new byte[0]));
        }
        return bot.file(given).map(Bot.BotFile::media);
    }

    private static String kind(String field) {
        return switch (field) {
            case "photo" -> "image";
            case "voice", "audio" -> "audio";
            default -> field;
        };
    }

    private static String usualType(String field) {
        return switch (field) {
            case "photo" -> "image/jpeg";
            case "voice" -> "audio/ogg";
            case "audio" -> "audio/mpeg";
            case "video" -> "video/mp4";
            default -> "application/pdf";
        };
    }

    void action(RoutingContext ctx, Bot bot) {
        chat(ctx, bot, Asked.in(ctx)).ifPresent(chat -> {
            chats.of(TelegramChannel.NAME, bot.id(), Long.toString(chat.getLong("id")))
                    .typing(ACTION_SHOWN_MS);
            Answer.json(ctx, 200, TelegramSimulator.okTrue());
        });
    }
}
