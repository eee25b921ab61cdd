package io.centurions.sandbox.evolution;

import io.centurions.sandbox.phone.Media;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One WhatsApp number at the simulated server.
 *
 * <pre>
 * close ──QR asked──▶ connecting ──scan──▶ open ──logout──▶ close
 * </pre>
 */
final class Instance {

    private static final int MESSAGES_KEPT = 5_000;

    private final JsonObject kept;
    private final Map<String, JsonObject> messages = new LinkedHashMap<>();
    private final Map<String, Media> media = new LinkedHashMap<>();
    private int qrCount;

    private Instance(JsonObject kept) {
        this.kept = kept;
    }

    static Instance created(JsonObject asked) {
        String now = Instant.now().toString();
        String integration = asked.getString("integration", "WHATSAPP-BAILEYS");
        JsonObject settings = new JsonObject();
        for (String flag : new String[] {
            "rejectCall", "groupsIgnore", "alwaysOnline", "readMessages", "readStatus", "syncFullHistory"
        }) {
            settings.put(flag, asked.getBoolean(flag, false));
        }
        settings.put("msgCall", asked.getString("msgCall", "")).put("wavoipToken", "");
        String token = asked.getString("token", "");
        return new Instance(new JsonObject()
                .put("name", asked.getString("instanceName"))
                .put("id", UUID.randomUUID().toString())
                .put("integration", integration)
                .put("number", asked.getString("number"))
                .put("token", token.isEmpty() ? UUID.randomUUID().toString().toUpperCase() : token)
                .put("state", integration.equals("EVOLUTION") ? "open" : "close")
                .put("settings", settings)
                .put("createdAt", now)
                .put("updatedAt", now));
    }

    static Instance remembered(JsonObject kept) {
        return new Instance(kept);
    }

    JsonObject toRemember() {
        return kept.copy();
    }

    String name() {
        return kept.getString("name");
    }

    String id() {
        return kept.getString("id");
    }

    String token() {
        return kept.getString("token");
    }

    String integration() {
        return kept.getString("integration");
    }

    JsonObject settings() {
        return kept.getJsonObject("settings");
    }

    String state() {
        return kept.getString("state");
    }

    boolean isOpen() {
        return state().equals("open");
    }

    void state(String next) {
        kept.put("state", next).put("updatedAt", Instant.now().toString());
    }

    /** Own jid, empty before the first pairing. */
    Optional<String> ownerJid() {
        return Optional.ofNullable(kept.getString("ownerJid"));
    }

    void paired() {
        String number = kept.getString("number");
        // Invented but stable, so that the same instance keeps its number over restarts.
        String digits = number != null ? number : "55119" + Math.floorMod(id().hashCode(), 90_000_000) + "0";
        kept.put("ownerJid", Jid.canonical(digits.length() > 13 ? digits.substring(0, 13) : digits) + Jid.PHONE);
        state("open");
    }

    void unpaired() {
        kept.remove("ownerJid");
        state("close");
    }

    Optional<JsonObject> webhook() {
        return Optional.ofNullable(kept.getJsonObject("webhook"));
    }

    /** Stores the registration as the server's row, headers in clear, which is how it is read back. */
    JsonObject webhook(JsonObject asked) {
        String now = Instant.now().toString();
        JsonObject before = webhook().orElseGet(() -> new JsonObject().put("createdAt", now));
        JsonObject row = new JsonObject()
                .put(
                        "id",
                        before.getString(
                                "id", "cm" + UUID.randomUUID().toString().substring(0, 8)))
                .put("url", asked.getString("url"))
                .put("headers", asked.getJsonObject("headers"))
                .put("enabled", asked.getBoolean("enabled", true))
                .put("events", asked.getJsonArray("events", new JsonArray()))
                .put("webhookByEvents", asked.getBoolean("byEvents", false))
                .put("webhookBase64", asked.getBoolean("base64", false))
                .put("createdAt", before.getString("createdAt"))
                .put("updatedAt", now)
                .put("instanceId", id());
        kept.put("webhook", row);
        return row;
    }

    /** The pairing code is only given when a number was asked for. */
    JsonObject nextQr(String number) {
        qrCount++;
        String code = "2@simulated" + qrCount + "==," + id() + ",simulated,simulated";
        return new JsonObject()
                .put("pairingCode", number == null ? null : "SIMU" + (1000 + qrCount))
                .put("code", code)
                .put("base64", QrPicture.dataUrl(code))
                .put("count", qrCount);
    }

    void remember(JsonObject message) {
        messages.put(message.getJsonObject("key").getString("id"), message);
        if (messages.size() > MESSAGES_KEPT) {
            messages.remove(messages.keySet().iterator().next());
        }
    }

    void rememberMedia(String messageId, Media file) {
        media.put(messageId, file);
    }

    Optional<Media> media(String messageId) {
        return Optional.ofNullable(media.get(messageId));
    }

    Iterable<JsonObject> messages() {
        return messages.values();
    }

    int messageCount() {
        return messages.size();
    }

    JsonObject row() {
        JsonObject setting = settings().copy().put("instanceId", id()).put("id", "cm-setting");
        setting.put("createdAt", kept.getString("createdAt")).put("updatedAt", kept.getString("updatedAt"));
        return new JsonObject()
                .put("id", id())
                .put("name", name())
                .put("connectionStatus", state())
                .put("ownerJid", ownerJid().orElse(null))
                .put("profileName", ownerJid().isPresent() ? "Empresa Simulada" : null)
                .putNull("profilePicUrl")
                .put("integration", integration())
                .put("number", kept.getString("number"))
                .putNull("businessId")
                .put("token", token())
                .put("clientName", "sandbox")
                .putNull("disconnectionReasonCode")
                .putNull("disconnectionObject")
                .putNull("disconnectionAt")
                .put("createdAt", kept.getString("createdAt"))
                .put("updatedAt", kept.getString("updatedAt"))
                .put("Setting", setting)
                .put(
                        "_count",
                        new JsonObject()
                                .put("Message", messageCount())
                                .put("Contact", 0)
                                .put("Chat", 0));
    }
}
