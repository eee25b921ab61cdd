package io.centurions.sandbox.phone;

import io.vertx.core.json.JsonObject;
import java.util.Base64;

/**
 * A file that a lead or the Centurion sent.
 *
 * @param kind    image, audio, video or document
 * @param caption null when there is none
 */
public record Media(String kind, String mimetype, String fileName, String caption, byte[] content) {

    /** @throws PhoneRefusal when the content is not base64 */
    static Media of(JsonObject asked) {
        String kind = asked.getString("kind", asked.getString("type", "document"));
        String base64 = asked.getString("base64", asked.getString("content", ""));
        // A browser hands files over as data URLs.
        String bare = base64.startsWith("data:") ? base64.substring(base64.indexOf(',') + 1) : base64;
        try {
            byte[] content = Base64.getMimeDecoder().decode(bare);
            String mimetype = asked.getString("mimetype", usualType(kind));
            String fileName = asked.getString("fileName", kind + extension(mimetype));
            return new Media(kind, mimetype, fileName, asked.getString("caption"), content);
        } catch (IllegalArgumentException notBase64) {
            throw new PhoneRefusal(400, "media.base64 is not base64");
        }
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(content);
    }

    /** File ending with its dot, as the vendors name files. */
    public static String extension(String mimetype) {
        String bare = mimetype.split(";")[0].trim();
        return switch (bare) {
            case "image/jpeg" -> ".jpeg";
            case "image/png" -> ".png";
            case "audio/ogg" -> ".oga";
            case "audio/webm" -> ".webm";
            case "video/mp4" -> ".mp4";
            case "application/pdf" -> ".pdf";
            default -> ".bin";
        };
    }

    private static String usualType(String kind) {
        return switch (kind) {
            case "image" -> "image/jpeg";
            case "audio" -> "audio/ogg; codecs=opus";
            case "video" -> "video/mp4";
            default -> "application/pdf";
        };
    }
}
