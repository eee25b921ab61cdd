package io.centurions.evolution.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.platform.providers.Exchange;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls of the Evolution server. Blocks the calling virtual thread; throws nothing of the network. */
@ApplicationScoped
class EvolutionHttp {

    private static final String NOT_CONNECTED = "Connection Closed";

    private final EvolutionConfig config;
    private final ObjectMapper json;
    private final Providers providers;

    EvolutionHttp(EvolutionConfig config, ObjectMapper json, Providers providers) {
        this.config = config;
        this.json = json;
        this.providers = providers;
    }

    /**
     * What a call is for. Each has places and a breaker of its own, so that slow
     * files and long waits for a QR hold back no message, and a message whose sending failed can still be looked for. An instance that
     * the server wants left alone is left alone by all of them.
     */
    enum Purpose {
        MESSAGES("evolution"),
        PRESENCE("evolution-presence"),
        LOOK_UPS("evolution-look-ups"),
        MEDIA("evolution-media"),
        INSTANCES("evolution-instances");

        private final String provider;

        Purpose(String provider) {
            this.provider = provider;
        }
    }

    Request get(String path, Duration limit) {
        return Request.of(to(path).GET().build(), limit).troubledBy(EvolutionHttp::isServersTrouble);
    }

    Request post(String path, JsonNode body, Duration limit) {
        HttpRequest posting = to(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return Request.of(posting, limit).troubledBy(EvolutionHttp::isServersTrouble);
    }

    Request delete(String path, Duration limit) {
        return Request.of(to(path).DELETE().build(), limit).troubledBy(EvolutionHttp::isServersTrouble);
    }

    Heard ask(Purpose purpose, ServerInstance at, Request request) {
        return heard(exchange(purpose, at, request));
    }

    /** {@link #ask} for whoever reads the answer's bytes himself. */
    Exchange exchange(Purpose purpose, ServerInstance at, Request request) {
        return providers.named(purpose.provider).exchange(at.company(), inTheNameOf(at, request));
    }

    /** Sent without waiting; nobody acts on the answer. */
    CompletableFuture<Heard> tell(Purpose purpose, ServerInstance at, Request request) {
        return providers
                .named(purpose.provider)
                .tell(at.company(), inTheNameOf(at, request))
                .thenApply(this::heard);
    }

    /** A name as one path segment. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The server throws this before it writes to the instance's socket: a phone that is off, not a server that is ill. */
    static boolean saysNotConnected(String message) {
        return message.contains(NOT_CONNECTED);
    }

    private static Request inTheNameOf(ServerInstance at, Request request) {
        return request.by(at).countedBy(Purpose.MESSAGES.provider);
    }

    private static boolean isServersTrouble(Exchange.Answered answered) {
        return answered.status() >= 500 && !saysNotConnected(answered.text());
    }

    private HttpRequest.Builder to(String path) {
        String base = config.url().toString();
        String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return HttpRequest.newBuilder(URI.create(root + path))
                .header("apikey", config.apiKey())
                .header("Accept", "application/json");
    }

    Heard heard(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered ->
                new Heard.Answered(answered.status(), parsed(answered.body()), answered.retryAfter());
            case Exchange.NotSent(String reason, Duration after) -> new Heard.NotSent(reason, after);
            case Exchange.Lost(String reason) -> new Heard.NoAnswer(reason);
        };
    }

    private JsonNode parsed(byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            // A proxy's page instead of the server's answer: the status alone has to do.
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("reading bytes from memory failed", e);
        }
    }
}
