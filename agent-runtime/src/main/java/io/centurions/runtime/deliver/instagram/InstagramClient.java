package io.centurions.runtime.deliver.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange;
import io.centurions.platform.providers.Provider;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** One call of the Graph API with an account's own token, which travels in a header and never in an address. */
@ApplicationScoped
public class InstagramClient {

    private final InstagramConfig config;
    private final ObjectMapper json;
    private final Provider graph;

    InstagramClient(InstagramConfig config, ObjectMapper json, Providers providers) {
        this.config = config;
        this.json = json;
        this.graph = providers.named("instagram");
    }

    /** What Graph answered. */
    public sealed interface Answer {

        record Ok(JsonNode body) implements Answer {}

        /**
         * @param error      Graph's error object; missing when a gateway answered instead
         * @param retryAfter what the header asks us to wait; zero when it does not say
         */
        record No(int status, JsonNode error, Duration retryAfter) implements Answer {

            private static final Set<Integer> TOKEN = Set.of(102, 190);

            /** Graph's own word on a token that is wrong, expired or revoked. */
            public boolean refusesToken() {
                return TOKEN.contains(code());
            }

            /** Graph's own word on a right that whoever holds the token has not given, or has taken back. */
            public boolean lacksPermission() {
                return code() == 10 || code() >= 200 && code() <= 299;
            }

            /** Zero when it was not Graph that answered. */
            int code() {
                return error.path("code").asInt();
            }
        }

        /**
         * @param mayHaveArrived false when the request never left
         * @param after          how long to wait at least before it is made again
         */
        record Silent(boolean mayHaveArrived, String why, Duration after) implements Answer {}
    }

    Answer send(CompanyId company, String token, ObjectNode message, Duration limit) {
        HttpRequest posting = to("/me/messages", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message.toString()))
                .build();
        return answer(graph.exchange(company, Request.of(posting, limit).by(List.of(company, token))));
    }

    /** The account that a token belongs to; the cheapest way to learn whether it is still good. */
    public Answer account(CompanyId company, String token) {
        HttpRequest look = to("/me?fields=user_id,username", token).build();
        Request request = Request.of(look, config.callTimeout()).by(List.of(company, token));
        return answer(graph.exchange(company, request.repeated()));
    }

    private HttpRequest.Builder to(String path, String token) {
        return HttpRequest.newBuilder(address(path)).header("Authorization", "Bearer " + token);
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
                yield ok
                        ? new Answer.Ok(body)
                        : new Answer.No(answered.status(), graphs(body.path("error")), answered.retryAfter());
            }
            case Exchange.NotSent(String why, Duration after) -> new Answer.Silent(false, why, after);
            case Exchange.Lost(String why) -> new Answer.Silent(true, why, Duration.ZERO);
        };
    }

    // API gateways write an error with a code, too; Meta's trace is in each of Graph's and in nobody else's.
    private JsonNode graphs(JsonNode error) {
        return error.path("fbtrace_id").isTextual() ? error : json.missingNode();
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
