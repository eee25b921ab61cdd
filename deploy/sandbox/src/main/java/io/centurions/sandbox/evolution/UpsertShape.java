package io.centurions.sandbox.evolution;

import io.centurions.sandbox.phone.AdClick;
import io.centurions.sandbox.phone.LeadMessage;
import io.centurions.sandbox.phone.Media;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;

/** {@code data} of a messages.upsert, shaped as captured from a live server: byte objects and split longs included. */
final class UpsertShape {

    private UpsertShape() {}

    static JsonObject of(Instance instance, LeadMessage message, String id, boolean withBase64) {
        String phone = Jid.phoneOf(message.from());
        JsonObject content = message.media()
                .map(file -> media(file, message.text(), withBase64))
                .orElseGet(() -> text(message.text()));
        JsonObject data = new JsonObject()
                .put(
                        "key",
                        new JsonObject()
                                .put("remoteJid", phone + Jid.PHONE)
                                .put("remoteJidAlt", Jid.lid(phone))
                                .put("fromMe", message.fromBusiness())
                                .put("id", id)
                                .put("addressingMode", "pn"))
                .put("pushName", message.fromBusiness() ? "Você" : message.name())
                .put("status", message.fromBusiness() ? "SERVER_ACK" : "DELIVERY_ACK")
                .put("message", content);
        message.adClick().ifPresent(click -> data.put("contextInfo", contextInfo(click)));
        return data.put("messageType", content.fieldNames().iterator().next())
                .put("messageTimestamp", System.currentTimeMillis() / 1000)
                .put("instanceId", instance.id())
                .put("source", "android");
    }

    private static JsonObject text(String text) {
        JsonObject devices = new JsonObject()
                .put("senderKeyIndexes", new JsonArray())
                .put("recipientKeyIndexes", new JsonArray())
                .put("senderTimestamp", longNumber(System.currentTimeMillis() / 1000));
        return new JsonObject()
                .put("conversation", text)
                .put(
                        "messageContextInfo",
                        new JsonObject()
                                .put("deviceListMetadata", devices)
                                .put("deviceListMetadataVersion", 2)
                                .put("messageSecret", randomBytes(32)));
    }

    private static JsonObject media(Media file, String text, boolean withBase64) {
        String caption = file.caption() != null ? file.caption() : text;
        JsonObject content = new JsonObject()
                .put("url", "https://mmg.whatsapp.net/v/t62.7118-24/0000_n.enc?ccb=11-4")
                .put("mimetype", file.mimetype());
        if (!caption.isEmpty() && !file.kind().equals("audio")) {
            content.put("caption", caption);
        }
        content.put("fileSha256", randomBytes(32))
                .put("fileLength", longNumber(file.content().length))
                .put("mediaKey", randomBytes(32))
                .put("fileEncSha256", randomBytes(32))
                .put("directPath", "/v/t62.7118-24/0000_n.enc?ccb=11-4")
                .put("mediaKeyTimestamp", longNumber(System.currentTimeMillis() / 1000));
        switch (file.kind()) {
            case "audio" -> content.put("seconds", 7).put("ptt", true).put("waveform", randomBytes(64));
            case "image" -> content.put("height", 1280).put("width", 720).put("jpegThumbnail", randomBytes(6));
            case "video" ->
                content.put("seconds", 12)
                        .put("gifPlayback", false)
                        .put("height", 640)
                        .put("width", 360);
            default ->
                content.put("title", file.fileName())
                        .put("fileName", file.fileName())
                        .put("pageCount", 1);
        }
        JsonObject message = new JsonObject().put(file.kind() + "Message", content);
        return withBase64 ? message.put("base64", file.base64()) : message;
    }

    private static JsonObject contextInfo(AdClick click) {
        JsonObject ad = new JsonObject()
                .put("title", click.title())
                .put("body", click.body())
                .put("mediaType", 1)
                .put("thumbnailUrl", "https://scontent.example/thumb.jpg")
                .put("thumbnail", randomBytes(6))
                .put("sourceType", "ad")
                .put("sourceId", click.adId())
                .put("sourceUrl", click.sourceUrl())
                .put("containsAutoReply", false)
                .put("renderLargerThumbnail", true)
                .put("showAdAttribution", true)
                .put("ctwaClid", click.ctwaClid())
                .put("ref", "")
                .put("sourceApp", "facebook")
                .put("automatedGreetingMessageShown", true)
                .put("greetingMessageBody", "Olá! Como podemos ajudar?");
        return new JsonObject()
                .put("mentionedJid", new JsonArray())
                .put("groupMentions", new JsonArray())
                .put("conversionSource", "FB_Ads")
                .put("conversionData", randomBytes(16))
                .put("conversionDelaySeconds", 9)
                .put("externalAdReply", ad)
                .put("entryPointConversionSource", "ctwa_ad")
                .put("entryPointConversionApp", "facebook")
                .put("entryPointConversionDelaySeconds", 3);
    }

    /** 64-bit numbers travel as two halves, the low one possibly negative. */
    static JsonObject longNumber(long value) {
        return new JsonObject()
                .put("low", (int) value)
                .put("high", (int) (value >> 32))
                .put("unsigned", true);
    }

    /** Bytes travel as an object with an index per byte. */
    private static JsonObject randomBytes(int count) {
        JsonObject bytes = new JsonObject();
        for (int i = 0; i < count; i++) {
            bytes.put(Integer.toString(i), ThreadLocalRandom.current().nextInt(256));
        }
        return bytes;
    }
}
