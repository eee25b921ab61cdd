package io.centurions.sandbox.evolution;

import io.centurions.sandbox.phone.Media;
import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.Part;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /message/*}: what the fleet sends to leads. */
final class MessageRoutes {

    private static final List<String> MEDIA_TYPES = List.of("image", "document", "video", "audio");
    private static final Pattern PUBLIC_URL = Pattern.compile("^https?://(?!localhost|127\\.)[^\\s/]+.*");
    private static final Pattern NUMBER = Pattern.compile("^\\d+[.@\\w-]*$");

    private final Guard guard;
    private final Outgoing outgoing;

    MessageRoutes(Guard guard, Outgoing outgoing) {
        this.guard = guard;
        this.outgoing = outgoing;
    }

    void mount(Router router) {
        router.post("/evolution/message/sendText/:instance").handler(guard.on(this::sendText));
        router.post("/evolution/message/sendMedia/:instance").handler(guard.on(this::sendMedia));
        router.post("/evolution/message/sendWhatsAppAudio/:instance").handler(guard.on(this::sendAudio));
    }

    private void sendText(RoutingContext ctx, Instance instance) {
        JsonObject asked = RequestBody.of(ctx).json();
        String text = asked.getValue("text") instanceof String given ? given : null;
        if (text == null) {
            Guard.refuseSchema(ctx, "instance requires property \"text\"");
        } else if (canReach(ctx, instance, asked)) {
            JsonObject message = new JsonObject().put("conversation", text);
            send(ctx, instance, asked, message, text, Optional.empty());
        }
    }

    private void sendMedia(RoutingContext ctx, Instance instance) {
        RequestBody body = RequestBody.of(ctx);
        JsonObject asked = body.isMultipart() ? fields(body) : body.json();
        Optional<Part> upload = body.part("file");
        String type = asked.getString("mediatype", "");
        String media = asked.getString("media", "");
        boolean isUrl = media.startsWith("http://") || media.startsWith("https://");
        if (!MEDIA_TYPES.contains(type)) {
            Guard.refuseSchema(ctx, "mediatype is not one of enum values: " + String.join(",", MEDIA_TYPES));
        } else if (upload.isEmpty() && !isUrl && type.equals("document") && asked.getString("fileName") == null) {
            Guard.refuse(ctx, 400, new JsonArray().add("For base64 the file name must be informed."));
        } else if (upload.isEmpty() && !isReadable(media, isUrl)) {
            Guard.refuse(ctx, 400, new JsonArray().add("Owned media must be a url or base64"));
        } else if (canReach(ctx, instance, asked)) {
            Media file = file(type, asked, upload, isUrl);
            String caption = asked.getString("caption", "");
            JsonObject content = content(file).put("caption", caption).put("fileName", file.fileName());
            send(ctx, instance, asked, new JsonObject().put(type + "Message", content), caption, Optional.of(file));
        }
    }

    private void sendAudio(RoutingContext ctx, Instance instance) {
        RequestBody body = RequestBody.of(ctx);
        JsonObject asked = body.isMultipart() ? fields(body) : body.json();
        Optional<Part> upload = body.part("file");
        String audio = asked.getString("audio", "");
        boolean isUrl = audio.startsWith("http://") || audio.startsWith("https://");
        if (upload.isEmpty() && !isReadable(audio, isUrl)) {
            Guard.refuse(ctx, 400, new JsonArray().add("Owned media must be a url, base64, or valid file"));
        } else if (canReach(ctx, instance, asked)) {
            JsonObject named = asked.copy().put("media", audio).put("mimetype", "audio/ogg; codecs=opus");
            Media file = file("audio", named, upload, isUrl);
            JsonObject content = content(file).put("seconds", 4).put("ptt", true);
            send(ctx, instance, asked, new JsonObject().put("audioMessage", content), "", Optional.of(file));
        }
    }

    private void send(
            RoutingContext ctx,
            Instance instance,
            JsonObject asked,
            JsonObject message,
            String text,
            Optional<Media> media) {
        String phone = Jid.phoneOf(asked.getString("number"));
        long delay = asked.getValue("delay") instanceof Number number ? number.longValue() : 0;
        outgoing.held(
                instance,
                phone,
                delay,
                () -> Answer.json(ctx, 201, outgoing.send(instance, phone, message, text, media)));
    }

    private static boolean canReach(RoutingContext ctx, Instance instance, JsonObject asked) {
        if (!(asked.getValue("number") instanceof String number)
                || !NUMBER.matcher(number).matches()) {
            Guard.refuseSchema(ctx, "Invalid format");
            return false;
        }
        if (!instance.isOpen()) {
            Guard.refuse(ctx, 500, "Connection Closed");
            return false;
        }
        String phone = Jid.phoneOf(number);
        if (!Jid.isOnWhatsapp(phone)) {
            JsonObject missing = new JsonObject()
                    .put("jid", phone + Jid.PHONE)
                    .put("exists", false)
                    .put("number", number);
            Guard.refuse(ctx, 400, new JsonArray().add(missing));
            return false;
        }
        return true;
    }

    /** Base64 must come bare; an address on this machine is refused, as the real server cannot reach it. */
    private static boolean isReadable(String media, boolean isUrl) {
        if (isUrl) {
            return PUBLIC_URL.matcher(media).matches();
        }
        try {
            return Base64.getMimeDecoder().decode(media).length > 0 && !media.startsWith("data:");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static JsonObject fields(RequestBody body) {
        JsonObject fields = new JsonObject();
        body.parts().stream().filter(part -> !part.isFile()).forEach(part -> fields.put(part.name(), part.text()));
        return fields;
    }

    private static Media file(String kind, JsonObject asked, Optional<Part> upload, boolean isUrl) {
        String declared =
                asked.getString("mimetype", upload.map(Part::contentType).orElse("application/octet-stream"));
        String media = asked.getString("media", "");
        String name = asked.getString("fileName", upload.map(Part::fileName).orElse(kind + Media.extension(declared)));
        byte[] bytes = upload.map(Part::content)
                .orElseGet(() -> isUrl ? new byte[0] : Base64.getMimeDecoder().decode(media));
        return new Media(kind, declared, name, asked.getString("caption"), bytes);
    }

    private static JsonObject content(Media file) {
        return new JsonObject()
                .put("url", "https://mmg.whatsapp.net/v/t62.7117-24/simulated_n.enc")
                .put("mimetype", file.mimetype())
                .put("fileLength", String.valueOf(file.content().length));
    }
}
