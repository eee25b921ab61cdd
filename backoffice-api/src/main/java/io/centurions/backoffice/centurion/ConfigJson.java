package io.centurions.backoffice.centurion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;

/** A Centurion's configuration as the database keeps it. */
@ApplicationScoped
class ConfigJson {

    private final ObjectMapper json;

    ConfigJson(ObjectMapper json) {
        this.json = json;
    }

    String write(CenturionConfig config) {
        try {
            return json.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a Centurion's configuration", e);
        }
    }

    /** Null stays null. */
    CenturionConfig read(String text) {
        try {
            return text == null ? null : json.readValue(text, CenturionConfig.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored Centurion's configuration cannot be read", e);
        }
    }
}
