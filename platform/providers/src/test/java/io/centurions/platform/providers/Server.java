package io.centurions.platform.providers;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider of a test, on this machine. */
final class Server implements AutoCloseable {

    final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile HttpHandler behaviour = answering(200, "ok", Map.of());

    Server() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port for a test", e);
        }
        // As another machine would: whatever our virtual threads do.
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            behaviour.handle(exchange);
        });
        server.createContext("/hang", exchange -> {
            calls.incrementAndGet();
            hang();
            exchange.close();
        });
        server.start();
    }

    Server behaves(HttpHandler given) {
        behaviour = given;
        return this;
    }

    Server answers(int status) {
        return behaves(answering(status, "said", Map.of()));
    }

    static HttpHandler answering(int status, String body, Map<String, String> headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            headers.forEach(exchange.getResponseHeaders()::add);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Until the test is over. */
    void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void letGo() {
        over.countDown();
    }

    URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    Request get(String path, Duration limit) {
        return Request.of(HttpRequest.newBuilder(at(path)).build(), limit);
    }

    Request get() {
        return get("/", Duration.ofSeconds(5));
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
