package io.centurions.sandbox.autentique;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * One person who is to sign.
 *
 * <pre>
 * pending ──view──▶ viewed ──sign──▶ signed
 *                      └────reject──▶ rejected
 * </pre>
 */
final class Signer {

    private final String publicId = UUID.randomUUID().toString();
    private final JsonObject asked;
    private final String createdAt = Stamp.now();
    private String link;
    private String viewedAt;
    private String signedAt;
    private String rejectedAt;
    private String reason;

    Signer(JsonObject asked) {
        this.asked = asked;
    }

    String publicId() {
        return publicId;
    }

    /** Known by public id, e-mail, phone or name. */
    boolean isMeantBy(String who) {
        return who.equals(publicId)
                || who.equals(asked.getString("email"))
                || who.equals(asked.getString("phone"))
                || who.equals(asked.getString("name"));
    }

    String name() {
        return Optional.ofNullable(asked.getString("name"))
                .or(() -> Optional.ofNullable(asked.getString("email")))
                .orElse(asked.getString("phone", "Signatário"));
    }

    /** Whoever cannot be written to by the provider gets a link that somebody must pass on. */
    boolean needsLink() {
        return asked.getString("email") == null && asked.getString("phone") == null
                || "DELIVERY_METHOD_LINK".equals(asked.getString("delivery_method"));
    }

    void link(String address) {
        link = address;
    }

    boolean isPending() {
        return signedAt == null && rejectedAt == null;
    }

    boolean hasSigned() {
        return signedAt != null;
    }

    boolean hasRejected() {
        return rejectedAt != null;
    }

    /** False when it had been seen before. */
    boolean view() {
        if (viewedAt != null) {
            return false;
        }
        viewedAt = Stamp.now();
        return true;
    }

    void sign() {
        signedAt = Stamp.now();
    }

    void reject(String why) {
        rejectedAt = Stamp.now();
        reason = why;
    }

    /** As GraphQL answers. */
    JsonObject answer() {
        JsonObject user = asked.getString("email") == null
                ? null
                : new JsonObject()
                        .put("id", publicId.replace("-", "") + "00000000")
                        .put("name", asked.getString("name"))
                        .put("email", asked.getString("email"));
        return new JsonObject()
                .put("public_id", publicId)
                .put("name", asked.getString("name"))
                .put("email", asked.getString("email"))
                .put("phone", asked.getString("phone"))
                .put("delivery_method", asked.getString("delivery_method", "DELIVERY_METHOD_EMAIL"))
                .put("created_at", createdAt)
                .put("action", new JsonObject().put("name", asked.getString("action")))
                .put(
                        "link",
                        link == null
                                ? null
                                : new JsonObject().put("id", publicId).put("short_link", link))
                .put("user", user)
                .put("viewed", event(viewedAt, null))
                .put("signed", event(signedAt, null))
                .put("rejected", event(rejectedAt, reason));
    }

    private static JsonObject event(String at, String why) {
        return at == null
                ? null
                : new JsonObject()
                        .put("ip", "192.0.2.10")
                        .put("port", 29317)
                        .put("reason", why)
                        .put("created_at", at)
                        .putNull("geolocation");
    }

    JsonObject askedFor() {
        return asked;
    }

    String createdAt() {
        return createdAt;
    }

    String viewedAt() {
        return viewedAt;
    }

    String signedAt() {
        return signedAt;
    }

    String rejectedAt() {
        return rejectedAt;
    }

    String reason() {
        return reason;
    }
}
