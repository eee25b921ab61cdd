package io.centurions.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.local.place.Reason;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** JSON over HTTP to one server. An answer that is not 2xx is trouble that quotes the server's reason. */
public final class Http {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final Optional<String> token;

    public Http(String base, Optional<String> token) {
        this.base = base;
        this.token = token;
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    public JsonNode post(String path, Object body) {
        return send(json(request(path), body).build());
    }

    public JsonNode put(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(body(body))
                .build());
    }

    public void delete(String path) {
        send(request(path).DELETE().build());
    }

    /** Deletes a thing as it was seen, and not if somebody has changed it since. */
    public JsonNode deleteSeen(String path, int version) {
        return send(
                request(path).header("If-Match", "\"" + version + "\"").DELETE().build());
    }

    /** The same key gives the first answer again instead of a second thing. */
    public JsonNode postOnce(String path, String idempotencyKey, Object body) {
        return send(json(request(path).header("Idempotency-Key", idempotencyKey), body)
                .build());
    }

    public JsonNode postForm(String path, String form) {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        token.ifPresent(value -> builder.header("Authorization", "Bearer " + value));
        return builder;
    }

    private static HttpRequest.Builder json(HttpRequest.Builder builder, Object body) {
        return builder.header("Content-Type", "application/json").POST(body(body));
    }

    private static HttpRequest.BodyPublisher body(Object body) {
        return BodyPublishers.ofString(JSON.valueToTree(body).toString());
    }

    private JsonNode send(HttpRequest request) {
        String what = request.method() + " " + request.uri();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new Trouble(what + " answered " + response.statusCode() + ": " + response.body());
            }
            return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new Trouble(what + " failed: " + Reason.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted: " + what, e);
        }
    }
}
