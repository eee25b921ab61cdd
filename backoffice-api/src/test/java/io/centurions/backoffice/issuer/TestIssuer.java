package io.centurions.backoffice.issuer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceConfigurableLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Publishes what an issuer publishes: its discovery document and its public keys, and gives services a token, the same
 * each time. The private keys go to the test. On request it changes its keys ({@code POST /_keys}), lets
 * everything wait without an answer ({@code POST /_silence/true}), and ends no answer that it began ({@code POST /_stall/true}).
 */
public class TestIssuer implements QuarkusTestResourceConfigurableLifecycleManager<WithIssuer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicBoolean silent = new AtomicBoolean();
    private final AtomicBoolean keysSilent = new AtomicBoolean();
    private final AtomicBoolean stalling = new AtomicBoolean();
    private SigningKeys keys = SigningKeys.fresh();
    private WithIssuer.Product product;
    private HttpServer server;

    @Override
    public void init(WithIssuer annotation) {
        product = annotation.value();
        silent.set(annotation.silentAtStart());
        keysSilent.set(annotation.keysSilentAtStart());
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the test's issuer did not start", e);
        }
        server.createContext("/", this::answer);
        server.start();
        return Map.of(
                "OIDC_ISSUER", issuer(),
                "OIDC_AUDIENCE", product.audience,
                "OIDC_ROLE_CLAIM", product.roleClaim,
                "test.issuer.url", issuer(),
                "test.issuer.keys", keys.secret());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private String issuer() {
        return "http://localhost:" + server.getAddress().getPort() + product.path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/_keys")) {
            keys = SigningKeys.fresh();
            answer(exchange, Map.of("secret", keys.secret()));
        } else if (path.startsWith("/_silence/")) {
            silent.set(path.endsWith("true"));
            keysSilent.set(silent.get());
            answer(exchange, Map.of());
        } else if (path.startsWith("/_stall/")) {
            stalling.set(path.endsWith("true"));
            answer(exchange, Map.of());
        } else if (!silent.get() && !(keysSilent.get() && path.equals(product.path + product.keys))) {
            publish(exchange, path);
        }
    }

    private void publish(HttpExchange exchange, String path) throws IOException {
        if (path.equals(product.path + "/.well-known/openid-configuration")) {
            give(exchange, discovery());
        } else if (path.equals(product.path + product.keys)) {
            give(exchange, keys.published());
        } else if (path.equals(product.path + product.token)) {
            give(exchange, Map.of("access_token", "of-the-service", "expires_in", 300, "token_type", "Bearer"));
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", issuer(),
                "jwks_uri", issuer() + product.keys,
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + product.token);
    }

    private void give(HttpExchange exchange, Map<String, Object> body) throws IOException {
        if (stalling.get()) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        } else {
            answer(exchange, body);
        }
    }

    // Not with Vert.x: this thread sees other classes than the application, and Vert.x keeps what it finds first.
    private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
