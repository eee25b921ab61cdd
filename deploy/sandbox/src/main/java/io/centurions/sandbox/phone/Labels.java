package io.centurions.sandbox.phone;

import io.centurions.sandbox.wire.StateFile;
import io.vertx.core.json.JsonObject;

/**
 * Which company an instance belongs to, as somebody told the phone. No provider knows that, so it is only for the eye: an
 * instance that nobody labelled is shown under its own name.
 */
final class Labels {

    private static final String SECTION = "phone.labels";

    private final StateFile state;
    private final JsonObject labels;

    Labels(StateFile state) {
        this.state = state;
        this.labels = state.read(SECTION).orElseGet(JsonObject::new);
    }

    synchronized void put(String channel, String instance, JsonObject label) {
        labels.put(channel + "/" + instance, label);
        state.write(SECTION, labels.copy());
    }

    /** {@code company} and {@code label}, or nothing. */
    synchronized JsonObject of(String channel, String instance) {
        return labels.getJsonObject(channel + "/" + instance, new JsonObject());
    }
}
