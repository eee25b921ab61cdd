package io.centurions.backoffice.isolation;

import io.quarkus.vertx.http.HttpServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Our own API, asked over the wire as any client does. */
@ApplicationScoped
class OwnApi {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    OwnApi(HttpServer server) {
        this.server = server;
    }

    /** False for a moment while the service starts. */
    boolean isUp() {
        return server.getPort() > 0;
    }

    /**
     * What is shown to the holder of a key; empty when it is refused.
     *
     * @throws IllegalStateException when the answer says nothing about what the holder may see
     */
    Optional<String> shown(String key, String address) {
        HttpResponse<String> answer = get(key, address);
        int status = answer.statusCode();
        if (status == 401 || status >= 500) {
            throw new IllegalStateException("GET " + address + " cannot be tried, it answers " + status);
        }
        return status < 300 ? Optional.of(answer.body()) : Optional.empty();
    }

    private HttpResponse<String> get(String key, String address) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.getPort() + address))
                .timeout(PATIENCE)
                .header("X-Api-Key", key)
                .GET()
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + address + " of our own API was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped in the middle of an attack", e);
        }
    }
}
