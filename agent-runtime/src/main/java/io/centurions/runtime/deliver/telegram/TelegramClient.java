package io.centurions.runtime.deliver.telegram;

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
import java.util.Optional;

/**
 * One call of the Bot API. The token is part of every address, so no address is ever logged or put into a message.
 */
@ApplicationScoped
public class TelegramClient {

    private final TelegramConfig config;
    private final Exchanges exchanges;
    private final ObjectMapper json;

    TelegramClient(TelegramConfig config, Exchanges exchanges, ObjectMapper json) {
        this.config = config;
        this.exchanges = exchanges;
        this.json = json;
    }

    public TelegramAnswer call(String token, String method, ObjectNode body) {
        return call(token, method, body, config.callTimeout());
    }

    public TelegramAnswer call(String token, String method, ObjectNode body, Duration limit) {
        URI address = URI.create(base() + "/bot" + token + "/" + method);
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return switch (exchanges.post(address, Map.of("Content-Type", "application/json"), bytes, limit)) {
            case Exchange.Answered answered -> answer(answered);
            case Exchange.NotSent(String why) -> new TelegramAnswer.Silent(false, why);
            case Exchange.Unanswered(String why) -> new TelegramAnswer.Silent(true, why);
        };
    }

    /** The bytes of a file that a lead sent; empty when it is gone, too big for bots, or Telegram is away. */
    public Optional<byte[]> file(String token, String fileId, Duration limit) {
        TelegramAnswer answer = call(token, "getFile", json.createObjectNode().put("file_id", fileId), limit);
        if (!(answer instanceof TelegramAnswer.Ok(JsonNode file)) || !file.hasNonNull("file_path")) {
            return Optional.empty();
        }
        URI address = URI.create(
                base() + "/file/bot" + token + "/" + file.path("file_path").asText());
        return exchanges.get(address, Map.of(), limit) instanceof Exchange.Answered answered && answered.status() == 200
                ? Optional.of(answered.body())
                : Optional.empty();
    }

    private TelegramAnswer answer(Exchange.Answered answered) {
        JsonNode body = parse(answered.body());
        if (answered.status() == 200 && body.path("ok").asBoolean()) {
            return new TelegramAnswer.Ok(body.path("result"));
        }
        long seconds = body.path("parameters")
                .path("retry_after")
                .asLong(answered.retryAfterSeconds().orElse(0));
        return new TelegramAnswer.No(body.path("error_code").asInt(answered.status()), Duration.ofSeconds(seconds));
    }

    // A gateway in between may answer in HTML; the status then tells enough.
    private JsonNode parse(byte[] body) {
        try {
            JsonNode parsed = json.readTree(body);
            return parsed == null ? json.missingNode() : parsed;
        } catch (IOException notJson) {
            return json.missingNode();
        }
    }

    private String base() {
        String url = config.apiUrl().toString();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
