package io.centurions.backoffice.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** Limits as the database keeps them. */
@ApplicationScoped
class LimitsText {

    private final ObjectMapper json;

    LimitsText(ObjectMapper json) {
        this.json = json;
    }

    String of(Limits limits) {
        try {
            return json.writeValueAsString(limits);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write limits", e);
        }
    }

    /** @param stored null: none */
    Limits read(String stored) {
        try {
            return stored == null ? Limits.NONE : json.readValue(stored, Limits.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored limits cannot be read", e);
        }
    }
}
