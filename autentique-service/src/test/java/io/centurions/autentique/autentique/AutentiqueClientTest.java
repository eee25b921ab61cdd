package io.centurions.autentique.autentique;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AutentiqueClientTest {

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private AutentiqueClient client;

    @BeforeEach
    void a_server_and_its_client() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = new AutentiqueClient(
                config(URI.create("http://localhost:" + server.getAddress().getPort() + "/")),
                new ObjectMapper(),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        over.countDown();
        client.close();
        server.stop(0);
    }

    @Test
    void an_answer_that_stalls_after_its_headers_is_given_up_in_time() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitTheEnd();
        });

        assertThat(client.delete("d-1")).isEqualTo(new TryLater<String>(Duration.ZERO, "timeout"));
    }

    @Test
    void an_answer_without_end_is_not_kept() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[3 * 1024 * 1024]);
            exchange.getResponseBody().flush();
            awaitTheEnd();
        });

        assertThat(client.delete("d-1")).isEqualTo(new TryLater<String>(Duration.ZERO, "answer-too-long"));
    }

    @Test
    void an_answer_is_read() {
        server.createContext("/", exchange -> {
            byte[] body = "{\"data\":{\"deleteDocument\":true}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(client.delete("d-1")).isEqualTo(new Accepted<>("d-1"));
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static AutentiqueConfig config(URI url) {
        return new AutentiqueConfig() {
            @Override
            public URI url() {
                return url;
            }

            @Override
            public Optional<String> token() {
                return Optional.of("a-token");
            }

            @Override
            public boolean sandbox() {
                return true;
            }

            @Override
            public Duration callTimeout() {
                return Duration.ofSeconds(1);
            }
        };
    }
}
