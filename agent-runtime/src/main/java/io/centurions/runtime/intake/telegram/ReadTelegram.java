package io.centurions.runtime.intake.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.intake.Incoming;
import io.centurions.runtime.intake.Incoming.Content;
import io.centurions.runtime.intake.Incoming.Identity;
import io.centurions.runtime.intake.Incoming.Ids;
import io.centurions.runtime.intake.Incoming.Sender;
import io.centurions.runtime.intake.Incoming.What;
import io.centurions.runtime.intake.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One update of Telegram's. Pure: what we know and do not use becomes a reason, never an error. */
final class ReadTelegram {

    private static final List<String> KNOWN_BUT_UNUSED = List.of(
            "my_chat_member",
            "channel_post",
            "edited_channel_post",
            "business_message",
            "message_reaction",
            "inline_query",
            "poll",
            "chat_member",
            "chat_join_request",
            "chat_boost",
            "removed_chat_boost",
            "message_reaction_count",
            "chosen_inline_result",
            "poll_answer",
            "shipping_query",
            "pre_checkout_query",
            "purchased_paid_media",
            "business_connection",
            "edited_business_message",
            "deleted_business_messages");

    private ReadTelegram() {}

    /** @throws Unreadable when it is not an update of Telegram's, or one in a form that this release does not know */
    static Reading read(JsonNode update) throws Unreadable {
        if (!update.path("update_id").isIntegralNumber()) {
            throw new Unreadable("no_update_id");
        }
        if (update.has("message")) {
            return message(update.path("message"), What.MESSAGE);
        }
        if (update.has("edited_message")) {
            return message(update.path("edited_message"), What.EDIT);
        }
        if (update.has("callback_query")) {
            return button(update.path("callback_query"));
        }
        return leftOut(KNOWN_BUT_UNUSED.stream()
                .filter(update::has)
                .findFirst()
                .orElseThrow(() -> new Unreadable("unknown_update")));
    }

    /** How we name a message of Telegram's, whose ids count per chat. */
    static String messageId(String chat, JsonNode message) {
        return chat + ":" + message.path("message_id").asText();
    }

    private static Reading message(JsonNode message, What what) throws Unreadable {
        String chat = required(message.path("chat").path("id"), "no_chat");
        required(message.path("message_id"), "no_message_id");
        if (!"private".equals(required(message.path("chat").path("type"), "no_chat_type"))) {
            return leftOut("not_private");
        }
        if (message.path("from").path("is_bot").asBoolean()) {
            return leftOut("from_a_bot");
        }
        Ids id = Ids.of(chat, messageId(chat, message));
        // An edit is about the message itself, even when that was an answer to another.
        Ids ids = what == What.EDIT
                ? id.revised(message.path("edit_date").asText("1"))
                : id.answering(repliedTo(chat, message.path("reply_to_message")));
        Content content = TelegramContent.of(message);
        return new Reading(
                List.of(new Incoming(what, ids, sender(message), content, at(message.path("date")))), List.of());
    }

    // What was pressed is not told, only what our button carries.
    private static Reading button(JsonNode pressed) throws Unreadable {
        String person = required(pressed.path("from").path("id"), "no_person");
        String chat = pressed.path("message").path("chat").path("id").asText(person);
        if (!pressed.has("data")) {
            return leftOut("button_without_data");
        }
        JsonNode under = pressed.path("message");
        Ids ids = Ids.of(chat, "button:" + pressed.path("id").asText()).answering(repliedTo(chat, under));
        Content content = Content.text(pressed.path("data").asText());
        // A pressed button has no time of its own.
        return new Reading(
                List.of(new Incoming(What.MESSAGE, ids, sender(pressed), content, Instant.now())), List.of());
    }

    private static Sender sender(JsonNode message) {
        JsonNode from = message.path("from");
        List<Identity> identities = new ArrayList<>();
        identities.add(new Identity(
                "telegram",
                from.path("id").asText(message.path("chat").path("id").asText())));
        JsonNode contact = message.path("contact");
        // Only the person's own card tells their phone; any other is somebody else's.
        if (contact.hasNonNull("phone_number")
                && contact.path("user_id").asText().equals(from.path("id").asText())) {
            identities.add(
                    new Identity("phone", contact.path("phone_number").asText().replaceAll("\\D", "")));
        }
        String name = (from.path("first_name").asText("") + " "
                        + from.path("last_name").asText(""))
                .strip();
        return new Sender(name.isEmpty() ? null : name, identities);
    }

    private static String repliedTo(String chat, JsonNode message) {
        return message.has("message_id") ? messageId(chat, message) : null;
    }

    private static Reading leftOut(String reason) {
        return new Reading(List.of(), List.of(reason));
    }

    private static Instant at(JsonNode seconds) throws Unreadable {
        long written = seconds.asLong();
        if (written < 0 || written > Instant.MAX.getEpochSecond()) {
            throw new Unreadable("no_date");
        }
        return Instant.ofEpochSecond(written);
    }

    private static String required(JsonNode value, String missing) throws Unreadable {
        if (value.isMissingNode() || value.isNull()) {
            throw new Unreadable(missing);
        }
        return value.asText();
    }

    /** The start link's parameter, which tells the campaign. */
    static ObjectNode startReferral(ObjectNode empty, String text) {
        String parameter = text != null && text.startsWith("/start ")
                ? text.substring("/start ".length()).strip()
                : "";
        return parameter.isEmpty()
                ? null
                : empty.put("source", "telegram_start").put("ref", parameter);
    }
}
