package io.centurions.local.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.local.process.Probe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Ready when the address answers 200; else says which checks of a health answer are down. */
public final class HttpProbe implements Probe {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpRequest request;

    public HttpProbe(String address) {
        this.request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(5))
                .GET()
                .build();
    }

    @Override
    public Optional<String> missing() {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.empty() : Optional.of(reason(response));
        } catch (IOException e) {
            return Optional.of("no answer yet");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static String reason(HttpResponse<String> response) {
        try {
            JsonNode checks = JSON.readTree(response.body()).path("checks");
            String down = StreamSupport.stream(checks.spliterator(), false)
                    .filter(check -> check.path("status").asText().equals("DOWN"))
                    .map(check -> check.path("name").asText() + " " + check.path("data"))
                    .collect(Collectors.joining(", "));
            return down.isEmpty() ? "it answers " + response.statusCode() : down;
        } catch (IOException e) {
            return "it answers " + response.statusCode();
        }
    }
}
