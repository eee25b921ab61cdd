package io.centurions.evolution;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** A free port that the simulated Evolution server knows us by, and patience short enough for tests. */
public class OwnAddress implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        List<Integer> ports = twoFreePorts();
        return Map.of(
                "quarkus.http.test-port",
                String.valueOf(ports.getFirst()),
                // A port that is given and one that is any have figures of different tags, which Prometheus refuses.
                "quarkus.management.test-port",
                String.valueOf(ports.getLast()),
                "webhook.base-url",
                "http://localhost:" + ports.getFirst(),
                "evolution.call-timeout",
                "2s",
                "delivery.look-ups",
                "100ms,200ms",
                "media.left-behind-after",
                "1s");
    }

    @Override
    public void stop() {
        // Nothing is held: the port was only looked up.
    }

    private static List<Integer> twoFreePorts() {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
