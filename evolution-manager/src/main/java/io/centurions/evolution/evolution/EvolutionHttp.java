package io.centurions.evolution.evolution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One HTTP call to the Evolution server. Blocks the calling virtual thread; throws nothing of the network. */
@ApplicationScoped
class EvolutionHttp {

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(5);

    private final EvolutionConfig config;
    private final ObjectMapper json;
    private final HttpClient client;

    EvolutionHttp(EvolutionConfig config, ObjectMapper json) {
        this.config = config;
        this.json = json;
        // HTTP/1.1: the server speaks nothing else, and an upgrade header upsets some proxies in front of it.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    Exchange get(String path, Duration timeout) {
        return exchange(request(path, timeout).GET().build(), timeout);
    }

    Exchange post(String path, JsonNode body, Duration timeout) {
        return exchange(posting(path, body, timeout), timeout);
    }

    Exchange delete(String path, Duration timeout) {
        return exchange(request(path, timeout).DELETE().build(), timeout);
    }

    /** Sent without waiting; nobody acts on the answer. */
    CompletableFuture<Void> tell(String path, JsonNode body, Duration timeout) {
        return client.sendAsync(posting(path, body, timeout), BodyHandlers.discarding())
                .thenAccept(response -> {});
    }

    /** A name as one path segment. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }

    private HttpRequest posting(String path, JsonNode body, Duration timeout) {
        return request(path, timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        String base = config.url().toString();
        String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return HttpRequest.newBuilder(URI.create(root + path))
                .timeout(timeout)
                .header("apikey", config.apiKey())
                .header("Accept", "application/json");
    }

    // The client's own time-out ends with the headers; ours also covers a body that never comes to its end.
    private Exchange exchange(HttpRequest request, Duration timeout) {
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Exchange.Answered(response.statusCode(), parsed(response.body()), retryAfter(response));
        } catch (ExecutionException e) {
            return unanswered(e.getCause());
        } catch (TimeoutException e) {
            call.cancel(true);
            return new Exchange.NoAnswer("timeout");
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return new Exchange.NoAnswer("interrupted");
        }
    }

    private static Exchange unanswered(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException away -> new Exchange.NotSent("unreachable");
            case ConnectException away -> new Exchange.NotSent("unreachable");
            case HttpTimeoutException late -> new Exchange.NoAnswer("timeout");
            case IOException lost -> new Exchange.NoAnswer("connection_lost");
            default ->
                throw new IllegalStateException("a call to the Evolution server failed inside the client", cause);
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

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .filter(wait -> wait.compareTo(LONGEST_RETRY_AFTER) <= 0)
                .orElse(Duration.ZERO);
    }
}
