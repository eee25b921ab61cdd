package io.centurions.bench.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One small HTTP server that is both providers: {@code /openai/v1} and {@code /evolution}. */
public final class Providers implements AutoCloseable {

    /** The model that answers at once. */
    public static final String FAST_MODEL = "bench-fast";
    /** The model that takes {@link #SLOW}. */
    public static final String SLOW_MODEL = "bench-slow";

    public static final Duration SLOW = Duration.ofSeconds(5);
    private static final int BACKLOG = 4096;
    private static final Pattern SECRET = Pattern.compile("\"X-Centurions-Webhook-Secret\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("\"instanceName\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile("\"number\"\\s*:\\s*\"([^\"]+)\"");
    // Where the reply ends, so that what is put between the two is said to the lead.
    private static final String REPLY_BEGINS =
            "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1795162310,"
                    + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"refusal\":null,\"content\":\""
                    + "{\\\"outcome\\\":\\\"reply\\\",\\\"reason\\\":\\\"quer saber o preco\\\",\\\"bubbles\\\":[\\\"Oi! Qual"
                    + " modelo voce procura?";
    private static final String REPLY_ENDS =
            "\\\"],\\\"criteria\\\":{\\\"orcamento\\\":{\\\"answer\\\":null,\\\"met\\\":null,\\\"message\\\":null},"
                    + "\\\"prazo\\\":{\\\"answer\\\":null,\\\"met\\\":null,\\\"message\\\":null}}}"
                    + "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":400,\"completion_tokens\":60,\"total_tokens\":460}}";

    private final Arrivals arrivals = new Arrivals();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final Arrivals sent = new Arrivals();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Providers(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
        server.setExecutor(threads);
        server.createContext("/openai/v1/chat/completions", this::complete);
        server.createContext("/evolution/", this::evolution);
        server.start();
    }

    /** When which turn asked the model first. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** The secret that the services told us to send with each webhook of an instance. */
    public String secretOf(String instance) {
        String secret = secrets.get(instance);
        if (secret == null) {
            throw new IllegalStateException("nobody created the instance " + instance + " here");
        }
        return secret;
    }

    /** When the first bubble of which turn was given to Evolution. */
    public Arrivals sent() {
        return sent;
    }

    /** How many calls waited for the slow model at once, at most. */
    public int mostWaiting() {
        return mostWaiting.get();
    }

    private void complete(HttpExchange exchange) throws IOException {
        long at = micros();
        String request = body(exchange);
        long mark = arrivals.note(request, at);
        if (request.contains('"' + SLOW_MODEL + '"')) {
            mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
            pause(SLOW);
            waiting.decrementAndGet();
        }
        answer(exchange, 200, reply(mark));
    }

    // The reply carries the mark of what it answers, so that it is known again when it is sent.
    private static byte[] reply(long mark) {
        return json(REPLY_BEGINS + (mark < 0 ? "" : " " + Arrivals.mark(mark)) + REPLY_ENDS);
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void evolution(HttpExchange exchange) throws IOException {
        long at = micros();
        String path = exchange.getRequestURI().getPath();
        String request = body(exchange);
        if (path.startsWith("/evolution/message/send")) {
            sent.note(request, at);
            answer(exchange, 201, accepted(found(NUMBER, request)));
        } else if (path.equals("/evolution/instance/create")) {
            String name = found(NAME, request);
            secrets.put(name, found(SECRET, request));
            answer(
                    exchange,
                    201,
                    json("{\"instance\":{\"instanceName\":\"" + name + "\",\"status\":\"open\"},\"hash\":\""
                            + UUID.randomUUID() + "\"}"));
        } else if (path.startsWith("/evolution/instance/")) {
            answer(exchange, 200, json("{\"instance\":{\"state\":\"open\"}}"));
        } else if (path.startsWith("/evolution/webhook/")) {
            answer(exchange, 200, json("{\"url\":\"http://elsewhere.invalid\"}"));
        } else if (path.startsWith("/evolution/chat/findMessages/")) {
            // As a server that keeps no messages.
            answer(exchange, 200, json("[]"));
        } else {
            answer(exchange, 200, json("{}"));
        }
    }

    private static byte[] accepted(String number) {
        return json("{\"key\":{\"remoteJid\":\"" + number + "@s.whatsapp.net\",\"fromMe\":true,\"id\":\"3EB0"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 18).toUpperCase(java.util.Locale.ROOT)
                + "\"},\"status\":\"PENDING\",\"messageType\":\"conversation\",\"messageTimestamp\":1795162310}");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
