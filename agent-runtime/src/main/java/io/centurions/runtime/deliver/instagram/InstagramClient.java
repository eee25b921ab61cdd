package io.centurions.runtime.deliver.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.exchange.Exchange;
import io.centurions.runtime.exchange.Exchanges;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One call of the Graph API with an account's own token, which travels in a header and never in an address. */
@ApplicationScoped
public class InstagramClient {

    private final InstagramConfig config;
    private final Exchanges exchanges;
    private final ObjectMapper json;

    InstagramClient(InstagramConfig config, Exchanges exchanges, ObjectMapper json) {
        this.config = config;
        this.exchanges = exchanges;
        this.json = json;
    }

    /** What Graph answered. */
    public sealed interface Answer {

        record Ok(JsonNode body) implements Answer {}

        /** @param error Graph's error object; missing when a gateway answered instead */
        record No(int status, JsonNode error) implements Answer {}

        /** @param mayHaveArrived false when the request never left */
        record Silent(boolean mayHaveArrived, String why) implements Answer {}
    }

    Answer send(String token, ObjectNode message, Duration limit) {
        byte[] body = message.toString().getBytes(StandardCharsets.UTF_8);
        var headers = Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
        return answer(exchanges.post(address("/me/messages"), headers, body, limit));
    }

    /** The account that a token belongs to; the cheapest way to learn whether it is still good. */
    public Answer account(String token) {
        var headers = Map.of("Authorization", "Bearer " + token);
        return answer(exchanges.get(address("/me?fields=user_id,username"), headers, config.callTimeout()));
    }

    private URI address(String path) {
        String base = config.graphUrl().toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/" + config.version() + path);
    }

    private Answer answer(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered -> {
                JsonNode body = parse(answered.body());
                boolean ok = answered.status() == 200 && body.isObject() && !body.has("error");
                yield ok ? new Answer.Ok(body) : new Answer.No(answered.status(), body.path("error"));
            }
            case Exchange.NotSent(String why) -> new Answer.Silent(false, why);
            case Exchange.Unanswered(String why) -> new Answer.Silent(true, why);
        };
    }

    private JsonNode parse(byte[] body) {
        try {
            JsonNode parsed = json.readTree(body);
            return parsed == null ? json.missingNode() : parsed;
        } catch (IOException notJson) {
            return json.missingNode();
        }
    }
}
