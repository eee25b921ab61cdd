package io.centurions.sandbox.instagram;

import io.centurions.sandbox.phone.AdClick;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.UUID;

/** Items of a webhook's messaging list. */
final class WebhookShape {

    private WebhookShape() {}

    static String freshMid() {
        byte[] random = UUID.randomUUID().toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return "aWdfZAG1faXRlbTo" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    static JsonObject message(String from, String to, JsonObject message) {
        return between(from, to).put("message", message);
    }

    static JsonObject echo(String account, String igsid, String mid, JsonObject sent) {
        JsonObject message = new JsonObject().put("mid", mid);
        if (sent.getString("text") != null) {
            message.put("text", sent.getString("text"));
        }
        if (sent.getJsonObject("attachment") != null) {
            message.put("attachments", new JsonArray().add(sent.getJsonObject("attachment")));
        }
        return message(account, igsid, message.put("is_echo", true));
    }

    static JsonObject read(String account, String igsid, String mid) {
        return between(igsid, account).put("read", new JsonObject().put("mid", mid));
    }

    static JsonObject attachments(String type, String url) {
        JsonObject attachment = new JsonObject().put("type", type).put("payload", new JsonObject().put("url", url));
        return new JsonObject().put("attachments", new JsonArray().add(attachment));
    }

    /** Instagram knows no click id; the ad's id is a number too big for JavaScript. */
    static JsonObject referral(AdClick click) {
        Object adId = click.adId().matches("\\d{1,18}") ? Long.valueOf(click.adId()) : click.adId();
        return new JsonObject()
                .put("ref", "sandbox")
                .put("ad_id", adId)
                .put("source", "ADS")
                .put("type", "OPEN_THREAD")
                .put(
                        "ads_context_data",
                        new JsonObject()
                                .put("ad_title", click.title())
                                .put("photo_url", "https://lookaside.example/ad.jpg"));
    }

    private static JsonObject between(String from, String to) {
        return new JsonObject()
                .put("sender", new JsonObject().put("id", from))
                .put("recipient", new JsonObject().put("id", to))
                .put("timestamp", System.currentTimeMillis());
    }
}
