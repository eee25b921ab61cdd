package io.centurions.bench.stage;

import io.centurions.local.place.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;

/** What a service says of itself at {@code /q/metrics}. */
public final class Metrics {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String text;

    private Metrics(String text) {
        this.text = text;
    }

    public static Metrics of(Benched service) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + Ports.management(service.port()) + "/q/metrics"))
                .timeout(Duration.ofSeconds(5))
                .GET()
                .build();
        try {
            return new Metrics(
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return new Metrics("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Metrics("");
        }
    }

    /** The sum over all series whose name and labels begin so; nothing when there is none. */
    public OptionalDouble sum(String beginning, String holding) {
        double[] found = text.lines()
                .filter(line -> line.startsWith(beginning) && line.contains(holding))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .toArray();
        return found.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(java.util.Arrays.stream(found).sum());
    }
}
