package io.centurions.local.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrontTest {

    private final List<HttpServer> servers = new ArrayList<>();
    private final HttpServer one = server("one");
    private final HttpServer other = server("other");

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void those_behind_take_turns() throws IOException {
        try (Front front = front()) {
            assertThat(List.of(ask(front), ask(front), ask(front), ask(front)))
                    .containsExactly("one", "other", "one", "other");
        }
    }

    @Test
    void who_is_dead_is_passed_over() throws IOException {
        one.stop(0);

        try (Front front = front()) {
            assertThat(List.of(ask(front), ask(front), ask(front))).containsOnly("other");
        }
    }

    @Test
    void a_caller_of_nobody_is_cut_off_and_does_not_wait() throws IOException {
        one.stop(0);
        other.stop(0);

        try (Front front = front()) {
            assertThatThrownBy(() -> ask(front)).isInstanceOf(IOException.class);
        }
    }

    private Front front() throws IOException {
        Front front = Front.open(
                0, List.of(one.getAddress().getPort(), other.getAddress().getPort()));
        front.serve();
        return front;
    }

    private HttpServer server(String name) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] body = name.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            servers.add(server);
            return server;
        } catch (IOException e) {
            throw new IllegalStateException("a test needs a free port", e);
        }
    }

    // A client of its own each time: a connection that is kept would always lead to the same one.
    private static String ask(Front front) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + "/"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
