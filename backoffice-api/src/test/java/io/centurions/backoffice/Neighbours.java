package io.centurions.backoffice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Stands for evolution-manager, agent-runtime and autentique-service: answers as they do, remembers what it was asked
 * ({@code GET /_calls}), fails the next calls on request ({@code POST /_fault/<status>/<times>}, or {@code .../<code>} with a
 * type of ours; 599: never answers), and finds the next token to be of another account ({@code POST /_foreign}).
 */
public class Neighbours implements QuarkusTestResourceLifecycleManager {

    /** Seconds for which whoever is away wants to be left alone. */
    public static final String RETRY_AFTER = "47";

    private static final int NEVER = 599;

    /** As many calls as any breaker looks at, and some. */
    public static final int MORE_THAN_A_WINDOW = 25;

    private final List<JsonObject> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger fault = new AtomicInteger();
    private final AtomicReference<String> faultType = new AtomicReference<>();
    private final AtomicInteger faultsLeft = new AtomicInteger();
    private final Set<String> reprocessed = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonObject> made = new ConcurrentHashMap<>();
    private final AtomicBoolean foreign = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private HttpServer server;

    /**
     * The next calls of any of them fail.
     *
     * @param code of a type of ours, by which the neighbours themselves say so; null: whoever stands before them
     */
    public static void fail(int status, String code, int times) {
        String url = ConfigProvider.getConfig().getValue("test.neighbours.url", String.class);
        RestAssured.given()
                .post(url + "/_fault/" + status + "/" + times + (code == null ? "" : "/" + code))
                .then()
                .statusCode(204);
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated neighbours did not start", e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        String url = "http://localhost:" + server.getAddress().getPort();
        return Map.of(
                "test.neighbours.url", url,
                "quarkus.rest-client.evolution-manager.url", url,
                "quarkus.rest-client.agent-runtime.url", url,
                "quarkus.rest-client.autentique-service.url", url);
    }

    @Override
    public void stop() {
        stopped.countDown();
        if (server != null) {
            server.stop(0);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.startsWith("/_fault/")) {
            String[] asked = path.substring("/_fault/".length()).split("/");
            fault.set(Integer.parseInt(asked[0]));
            faultType.set(asked.length > 2 ? "urn:centurions:problem:" + asked[2] : null);
            faultsLeft.set(Integer.parseInt(asked[1]));
            answer(exchange, 204, null);
        } else if (path.equals("/_foreign")) {
            foreign.set(true);
            answer(exchange, 204, null);
        } else if (path.equals("/_calls")) {
            answer(exchange, 200, new JsonArray(calls).encode());
        } else {
            calls.add(new JsonObject()
                    .put("method", exchange.getRequestMethod())
                    .put("path", path)
                    .put("authorization", exchange.getRequestHeaders().getFirst("Authorization"))
                    .put("body", body));
            int failure = faultsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? fault.get() : 0;
            if (failure == NEVER) {
                untilStopped();
            } else if (failure > 0) {
                answer(
                        exchange,
                        failure,
                        new JsonObject()
                                .put("type", faultType.get())
                                .put("status", failure)
                                .put("title", "simulated")
                                .put("detail", "what the neighbour said")
                                .encodePrettily());
            } else {
                serve(exchange, path, body);
            }
        }
    }

    private void untilStopped() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, String path, String body) throws IOException {
        String method = exchange.getRequestMethod();
        if (path.startsWith("/internal/instances/")) {
            if (method.equals("DELETE")) {
                answer(exchange, 204, null);
            } else {
                answer(exchange, 200, instance(path).encode());
            }
        } else if (path.startsWith("/internal/channels/")) {
            String account = foreign.getAndSet(false) ? "999" : new JsonObject(body).getString("account");
            answer(
                    exchange,
                    200,
                    new JsonObject()
                            .put("state", "connected")
                            .put("externalId", account)
                            .encode());
        } else if (path.equals("/internal/webhooks/rebuild")) {
            answer(exchange, 200, new JsonObject().put("webhooks", 3).encode());
        } else if (path.startsWith("/internal/webhooks/")) {
            // Of several who ask for the same webhook, one gets it.
            boolean first = reprocessed.add(path);
            answer(
                    exchange,
                    first ? 200 : 409,
                    new JsonObject().put("status", first ? 200 : 409).encode());
        } else if (method.equals("POST") && path.endsWith("/templates")) {
            String id = exchange.getRequestURI().getQuery().substring("id=".length());
            writeTemplate(exchange, path, new JsonObject(body).put("id", id));
        } else if (method.equals("POST") && path.endsWith("/contracts")) {
            // The same key again is the same contract.
            var asked = new JsonObject(body);
            String id = UUID.nameUUIDFromBytes(
                            (path + asked.getString("idempotencyKey")).getBytes(StandardCharsets.UTF_8))
                    .toString();
            var contract = asked.put("id", id).put("status", "draft");
            answer(exchange, made.put(path + "/" + id, contract) == null ? 201 : 200, contract.encode());
        } else if (made.containsKey(path)) {
            answer(exchange, 200, made.get(path).encode());
        } else if (path.endsWith("/cancel") && made.containsKey(path.replace("/cancel", ""))) {
            answer(exchange, 202, made.get(path.replace("/cancel", "")).encode());
        } else {
            answer(
                    exchange,
                    404,
                    new JsonObject()
                            .put("type", "urn:centurions:problem:not-found")
                            .put("status", 404)
                            .encode());
        }
    }

    // The same id, and the latest text again, is the same version.
    private void writeTemplate(HttpExchange exchange, String path, JsonObject asked) throws IOException {
        String latest = path + "#" + asked.getString("name");
        JsonObject there = made.getOrDefault(path + "/" + asked.getString("id"), made.get(latest));
        boolean known = there != null
                && (there.getString("id").equals(asked.getString("id"))
                        || there.getString("body").equals(asked.getString("body")));
        if (!known) {
            made.put(path + "/" + asked.getString("id"), asked);
            made.put(latest, asked);
        }
        answer(exchange, known ? 200 : 201, (known ? there : asked).encode());
    }

    private static JsonObject instance(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "logout" -> new JsonObject().put("state", "disconnected").put("reason", "logged_out");
            case "restart" -> new JsonObject().put("state", "connecting");
            default ->
                new JsonObject()
                        .put("state", "qr_ready")
                        .put(
                                "qr",
                                new JsonObject()
                                        .put("base64", "data:image/png;base64,AAAA")
                                        .put("code", "2@abc"));
        };
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        if (json == null) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", status >= 400 ? "application/problem+json" : "application/json");
        if (status == 503) {
            exchange.getResponseHeaders().add("Retry-After", RETRY_AFTER);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
