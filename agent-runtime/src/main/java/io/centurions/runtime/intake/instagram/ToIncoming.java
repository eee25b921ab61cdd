package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.webhooks.Signatures;
import io.centurions.runtime.intake.Incoming;
import io.centurions.runtime.intake.Incoming.Content;
import io.centurions.runtime.intake.Incoming.Identity;
import io.centurions.runtime.intake.Incoming.Ids;
import io.centurions.runtime.intake.Incoming.Kind;
import io.centurions.runtime.intake.Incoming.Sender;
import io.centurions.runtime.intake.Incoming.What;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** One {@code messaging} item of Instagram's, as an incoming. The {@code mid} names it; edits and reactions reuse it. */
final class ToIncoming {

    sealed interface Result {}

    record Understood(Incoming incoming) implements Result {}

    record LeftOut(String reason) implements Result {}

    record NotUnderstood(String reason) implements Result {}

    // Of features of Meta's that we take no part in.
    private static final List<String> KNOWN_BUT_UNUSED = List.of(
            "delivery", "optin", "pass_thread_control", "take_thread_control", "request_thread_control", "app_roles");

    private static final Result WITHOUT_ID = new NotUnderstood("message_without_id");

    private final JsonNode update;
    private final String lead;

    private ToIncoming(JsonNode update, String lead) {
        this.update = update;
        this.lead = lead;
    }

    static Result of(JsonNode update, String lead) {
        return new ToIncoming(update, lead).understand();
    }

    private Result understand() {
        if (lead.isEmpty()) {
            return new NotUnderstood("no_sender");
        }
        if (update.has("message")) {
            return message(update.path("message"));
        }
        if (update.has("message_edit")) {
            return edit(update.path("message_edit"));
        }
        if (update.has("postback")) {
            return postback(update.path("postback"));
        }
        if (update.has("reaction")) {
            return reaction(update.path("reaction"));
        }
        if (update.has("read")) {
            return read(update.path("read"));
        }
        if (update.has("referral")) {
            return new LeftOut("referral_without_message");
        }
        return KNOWN_BUT_UNUSED.stream()
                .filter(update::has)
                .findFirst()
                .<Result>map(LeftOut::new)
                .orElse(new NotUnderstood("unknown_update"));
    }

    private Result message(JsonNode message) {
        String mid = message.path("mid").asText();
        if (mid.isEmpty()) {
            return WITHOUT_ID;
        }
        if (message.path("is_deleted").asBoolean()) {
            return incoming(What.DELETE, Ids.of(lead, mid), Content.NOTHING);
        }
        Ids ids =
                Ids.of(lead, mid).answering(textOrNull(message.path("reply_to").path("mid")));
        if (message.path("is_echo").asBoolean()) {
            return incoming(What.ECHO, ids.fromBusiness(), content(message));
        }
        return incoming(What.MESSAGE, ids, content(message).referredBy(referral(message.path("referral"))));
    }

    // In development mode Meta also sends an edit number 0 with each new message.
    private Result edit(JsonNode edit) {
        String number = edit.path("num_edit").asText("0");
        if (number.equals("0")) {
            return new LeftOut("edit_zero");
        }
        String mid = edit.path("mid").asText();
        if (mid.isEmpty()) {
            return WITHOUT_ID;
        }
        Ids ids = Ids.of(lead, mid).revised(number);
        return incoming(What.EDIT, ids, Content.text(textOrNull(edit.path("text"))));
    }

    private Result postback(JsonNode postback) {
        String mid = postback.path("mid").asText();
        String id = !mid.isEmpty()
                ? mid
                : "postback:" + update.path("timestamp").asText() + ":" + digest(postback.path("payload"));
        return incoming(
                What.MESSAGE,
                Ids.of(lead, id),
                Content.text(postback.path("title").asText()));
    }

    private Result reaction(JsonNode reaction) {
        String mid = reaction.path("mid").asText();
        if (mid.isEmpty()) {
            return WITHOUT_ID;
        }
        boolean taken = "unreact".equals(reaction.path("action").asText());
        String emoji = taken
                ? null
                : reaction.path("emoji").asText(reaction.path("reaction").asText());
        Ids ids = Ids.of(lead, mid)
                .answering(mid)
                .revised(reaction.path("action").asText() + ":"
                        + update.path("timestamp").asText());
        return incoming(What.REACTION, ids, new Content(Kind.REACTION, emoji, null, null, null));
    }

    private Result read(JsonNode read) {
        String mid = read.path("mid").asText();
        if (mid.isEmpty()) {
            return WITHOUT_ID;
        }
        Ids ids = Ids.of(lead, mid).fromBusiness().revised("read");
        return incoming(What.STATUS, ids, Content.status("read"));
    }

    private Result incoming(What what, Ids ids, Content content) {
        var sender = new Sender(null, List.of(new Identity("igsid", lead)));
        return new Understood(new Incoming(what, ids, sender, content, at(update.path("timestamp"))));
    }

    private static Content content(JsonNode message) {
        String text = textOrNull(message.path("text"));
        JsonNode attachments = message.path("attachments");
        if (attachments.isEmpty()) {
            return text == null ? Content.media(Kind.OTHER, null, null) : Content.text(text);
        }
        return Content.media(kind(attachments.get(0).path("type").asText()), text, media(attachments));
    }

    private static Kind kind(String type) {
        return switch (type) {
            case "image" -> Kind.IMAGE;
            case "audio" -> Kind.AUDIO;
            case "video", "ig_reel", "reel" -> Kind.VIDEO;
            case "file" -> Kind.DOCUMENT;
            default -> Kind.OTHER;
        };
    }

    // A message has one kind, that of its first attachment; the others travel with it.
    private static ObjectNode media(JsonNode attachments) {
        ObjectNode media = attachment(attachments.get(0));
        for (int i = 1; i < attachments.size(); i++) {
            media.withArray("more").add(attachment(attachments.get(i)));
        }
        return media;
    }

    private static ObjectNode attachment(JsonNode attachment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", attachment.path("type").asText())
                .put("url", textOrNull(attachment.path("payload").path("url")));
    }

    // The ad's id may be a number that a double cannot hold, so it is taken as text.
    private static ObjectNode referral(JsonNode referral) {
        if (referral.isMissingNode()) {
            return null;
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("source", textOrNull(referral.path("source")))
                .put("ref", textOrNull(referral.path("ref")))
                .put("ad_id", textOrNull(referral.path("ad_id")))
                .put("headline", textOrNull(referral.path("ads_context_data").path("ad_title")));
    }

    // A payload may be longer than a key.
    private static String digest(JsonNode payload) {
        return HexFormat.of().formatHex(Signatures.sha256(payload.asText()), 0, 8);
    }

    private static Instant at(JsonNode timestamp) {
        long milliseconds = timestamp.asLong();
        return milliseconds == 0 ? Instant.now() : Instant.ofEpochMilli(milliseconds);
    }

    private static String textOrNull(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }
}
