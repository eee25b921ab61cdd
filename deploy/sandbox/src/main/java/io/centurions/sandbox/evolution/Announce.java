package io.centurions.sandbox.evolution;

import io.centurions.sandbox.wire.Delivery;
import io.centurions.sandbox.wire.Parcel;
import io.centurions.sandbox.wire.RetryRule;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonObject;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Posts an instance's events to the address that the fleet registered, in the server's envelope; order is not kept. */
final class Announce {

    private static final DateTimeFormatter LOCAL_WITH_FALSE_Z =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final ZoneId SERVER_ZONE = ZoneId.of("America/Sao_Paulo");
    private static final RetryRule PATIENCE = new EvolutionPatience();

    private final Surroundings around;

    Announce(Surroundings around) {
        this.around = around;
    }

    /** @param data null for events without one (logout, remove) */
    Delivery event(Instance instance, String event, JsonObject data) {
        return instance.webhook()
                .filter(webhook -> isWanted(webhook, event))
                .map(webhook -> send(parcel(instance, webhook, event, data)))
                .orElseGet(Delivery::nowhere);
    }

    Delivery send(Parcel parcel) {
        return around.courier().send(parcel, PATIENCE);
    }

    Delivery sendLate(long heldMs, Parcel parcel) {
        return around.courier().sendLate(heldMs, parcel, PATIENCE);
    }

    /** The webhook of the event as bytes, which a repeat sends again unchanged. */
    Parcel parcel(Instance instance, JsonObject webhook, String event, JsonObject data) {
        String registered = webhook.getString("url");
        boolean byEvents = webhook.getBoolean("webhookByEvents", false);
        String url = byEvents ? registered + "/" + event.replace('.', '-') : registered;
        JsonObject envelope = new JsonObject()
                .put("event", event)
                .put("instance", instance.name())
                .put("data", data)
                .put("destination", registered)
                .put("date_time", LocalDateTime.now(SERVER_ZONE).format(LOCAL_WITH_FALSE_Z));
        instance.ownerJid().ifPresent(jid -> envelope.put("sender", jid));
        envelope.put("server_url", around.address().base() + "/evolution").put("apikey", instance.token());
        return Parcel.json(url, headers(webhook), envelope);
    }

    /** An empty list of events means all of them. */
    static boolean isWanted(JsonObject webhook, String event) {
        String subscription = event.toUpperCase(Locale.ROOT).replace('.', '_');
        return webhook.getBoolean("enabled", false)
                && (webhook.getJsonArray("events").isEmpty()
                        || webhook.getJsonArray("events").contains(subscription));
    }

    void connection(Instance instance, String state, int reason) {
        JsonObject data = new JsonObject().put("instance", instance.name());
        if (state.equals("open")) {
            data.put("wuid", instance.ownerJid().orElse(null))
                    .put("profileName", "Empresa Simulada")
                    .putNull("profilePictureUrl");
        }
        event(instance, "connection.update", data.put("state", state).put("statusReason", reason));
    }

    private static Map<String, String> headers(JsonObject webhook) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "axios/1.21.1");
        headers.put("Accept", "application/json, text/plain, */*");
        JsonObject registered = webhook.getJsonObject("headers");
        if (registered != null) {
            registered.forEach(header -> headers.put(header.getKey(), String.valueOf(header.getValue())));
        }
        return headers;
    }
}
