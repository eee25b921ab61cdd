package io.centurions.sandbox;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Stands for the fleet: keeps each webhook that arrives and answers 200, or what it was told to answer. */
public final class Fleet implements AutoCloseable {

    /** One webhook as it arrived. */
    public record Webhook(String path, com.sun.net.httpserver.Headers headers, byte[] bytes) {

        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        public JsonObject json() {
            return new JsonObject(text());
        }
    }

    private final HttpServer server;
    private final List<Webhook> received = new CopyOnWriteArrayList<>();
    private final Queue<Integer> nextAnswers = new ConcurrentLinkedQueue<>();

    public Fleet() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        if (query != null && query.contains("hub.verify_token=sandbox-verify-token")) {
            byte[] challenge = query.replaceAll(".*hub.challenge=", "").getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, challenge.length);
            exchange.getResponseBody().write(challenge);
            exchange.close();
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new Webhook(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
        Integer status = nextAnswers.poll();
        exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        exchange.close();
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    public void answerNext(int... statuses) {
        for (int status : statuses) {
            nextAnswers.add(status);
        }
    }

    public List<Webhook> received() {
        return received;
    }

    public Webhook waitFor(Predicate<Webhook> wanted) {
        return await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> received.stream().filter(wanted).findFirst().orElse(null), found -> found != null);
    }

    public long count(Predicate<Webhook> wanted) {
        return received.stream().filter(wanted).count();
    }

    public void forget() {
        received.clear();
        nextAnswers.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
