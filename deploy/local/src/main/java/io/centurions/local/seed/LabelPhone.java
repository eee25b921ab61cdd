package io.centurions.local.seed;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.local.api.Http;
import io.centurions.local.place.Ports;
import java.util.Map;
import java.util.Optional;

/** Tells the sandbox's phone which company each instance belongs to, so that a person can choose by its name. */
final class LabelPhone {

    private final Http sandbox;

    LabelPhone(Ports ports) {
        this.sandbox = new Http("http://localhost:" + ports.sandbox(), Optional.empty());
    }

    /** Of every company that the caller of the API may list. */
    void label(Http api) {
        for (JsonNode company : api.get("/v1/companies?limit=200").path("items")) {
            String channels = "/v1/companies/" + company.path("id").asText() + "/channels";
            for (JsonNode channel : api.get(channels).path("items")) {
                if (channel.hasNonNull("account")) {
                    label(company.path("name").asText(), channel);
                }
            }
        }
    }

    private void label(String company, JsonNode channel) {
        sandbox.post(
                "/phone/" + channel.path("channel").asText() + "/"
                        + channel.path("account").asText() + "/label",
                Map.of("company", company, "label", channel.path("name").asText()));
    }
}
