package io.centurions.sandbox.phone;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What somebody typed on the telephone.
 *
 * @param instance the company's end of the channel
 * @param from     the lead's end, as given
 * @param asked    the request: name, text, media, adClick, id, fromBusiness, heldMs, answerAtOnce; what is null was not said
 */
public record LeadMessage(String instance, String from, JsonObject asked) {

    public LeadMessage {
        asked = withoutNulls(asked);
    }

    public String name() {
        return asked.getString("name", "Lead Simulado");
    }

    /** Empty for a message of media alone. */
    public String text() {
        return asked.getString("text", "");
    }

    public Optional<Media> media() {
        return asked.getValue("media") instanceof JsonObject media ? Optional.of(Media.of(media)) : Optional.empty();
    }

    public Optional<AdClick> adClick() {
        Object click = asked.getValue("adClick");
        return click == null || Boolean.FALSE.equals(click) ? Optional.empty() : Optional.of(AdClick.of(click));
    }

    /** The provider's message id, when the caller chose it; the same id again repeats the same webhook. */
    public Optional<String> id() {
        return Optional.ofNullable(asked.getValue("id")).map(Object::toString);
    }

    /** How long the provider holds the webhook back, so that one written later overtakes it. */
    public long heldMs() {
        return asked.getLong("heldMs", 0L);
    }

    /** Whether the writer does not wait until the webhook has been tried once. */
    boolean answerAtOnce() {
        return asked.getBoolean("answerAtOnce", false);
    }

    /** Typed by a person of the company in the provider's own app, not by the lead. */
    public boolean fromBusiness() {
        return asked.getBoolean("fromBusiness", false);
    }

    private static JsonObject withoutNulls(JsonObject asked) {
        JsonObject said = new JsonObject();
        asked.forEach(field -> {
            if (field.getValue() != null) {
                said.put(
                        field.getKey(),
                        field.getValue() instanceof JsonObject part ? withoutNulls(part) : field.getValue());
            }
        });
        return said;
    }
}
