package io.centurions.runtime.deliver.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.deliver.Courier;
import io.centurions.runtime.deliver.SendResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Sends bubbles with the Bot API. It has no idempotency key and cannot be asked what it sent. */
@ApplicationScoped
class TelegramCourier implements Courier {

    private final TelegramClient telegram;
    private final ObjectMapper json;

    TelegramCourier(TelegramClient telegram, ObjectMapper json) {
        this.telegram = telegram;
        this.json = json;
    }

    @Override
    public String channel() {
        return "telegram";
    }

    @Override
    public boolean repeatsInterruptedText() {
        return true;
    }

    @Override
    public void typing(Address to) {
        telegram.call(bot(to), "sendChatAction", chat(to).put("action", "typing"), Duration.ofSeconds(3));
    }

    @Override
    public SendResult send(Address to, Content content, Duration limit) {
        return switch (telegram.call(bot(to), method(content), body(to, content), limit)) {
            case TelegramAnswer.Ok(JsonNode sent) -> ToSendResult.of(to.chat(), sent);
            case TelegramAnswer.No no -> ToSendResult.of(no);
            case TelegramAnswer.Silent(boolean mayHaveArrived, String why, Duration after) ->
                mayHaveArrived ? new SendResult.Unknown(why) : new SendResult.TryLater(after, why);
        };
    }

    private static Bot bot(Address to) {
        return new Bot(to.company(), to.token());
    }

    private static String method(Content content) {
        return switch (content.kind()) {
            case "image" -> "sendPhoto";
            case "audio" -> "sendVoice";
            case "video" -> "sendVideo";
            case "document" -> "sendDocument";
            default -> "sendMessage";
        };
    }

    private ObjectNode body(Address to, Content content) {
        ObjectNode body = chat(to);
        if (content.mediaUrl() == null) {
            return body.put("text", content.text());
        }
        String field =
                switch (content.kind()) {
                    case "image" -> "photo";
                    case "audio" -> "voice";
                    default -> content.kind();
                };
        body.put(field, content.mediaUrl());
        return content.text() == null ? body : body.put("caption", content.text());
    }

    // A chat's id is a number on the wire and may exceed 32 bits.
    private ObjectNode chat(Address to) {
        return json.createObjectNode().put("chat_id", Long.parseLong(to.chat()));
    }
}
