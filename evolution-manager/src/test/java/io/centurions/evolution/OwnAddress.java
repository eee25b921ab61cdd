package io.centurions.evolution;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** A free port that the simulated Evolution server knows us by, and patience short enough for tests. */
public class OwnAddress implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        int port = freePort();
        return Map.of(
                "quarkus.http.test-port", String.valueOf(port),
                "webhook.base-url", "http://localhost:" + port,
                "evolution.call-timeout", "2s",
                "delivery.look-ups", "100ms,200ms",
                "media.left-behind-after", "1s");
    }

    @Override
    public void stop() {
        // Nothing is held: the port was only looked up.
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
