package io.centurions.platform.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Exchange.Answered;
import io.centurions.platform.providers.Exchange.Lost;
import io.centurions.platform.providers.Exchange.NotSent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every way in which one exchange can end. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExchangeTest {

    private static final CompanyId COMPANY = CompanyId.of(UUID.randomUUID());
    private static final Duration SHORT = Duration.ofMillis(400);

    private final Server server = new Server();
    private final Providers providers = Settings.providers();
    private final Provider provider = providers.named("p");

    @AfterEach
    void close() {
        server.close();
        providers.close();
    }

    @Test
    void an_answer_is_told_whole_whatever_its_status() {
        server.behaves(Server.answering(404, "not here", Map.of("X-Id", "7")));

        Answered answered = (Answered) provider.exchange(COMPANY, server.get());

        assertThat(answered.status()).isEqualTo(404);
        assertThat(answered.text()).isEqualTo("not here");
        assertThat(answered.headers().firstValue("x-id")).contains("7");
        assertThat(answered.retryAfter()).isZero();
        assertThat(answered.toString()).doesNotContain("not here");
    }

    @Test
    void a_page_in_front_of_a_file_is_no_media() {
        assertThat(mediaOf(200, "OggS", "audio/ogg")).isTrue();
        assertThat(mediaOf(200, "OggS", "application/octet-stream")).isTrue();
        assertThat(mediaOf(200, "<html>sign in</html>", "Text/HTML; charset=utf-8"))
                .isFalse();
        assertThat(mediaOf(200, "{\"ok\":false}", "application/json")).isFalse();
        assertThat(mediaOf(200, "", "audio/ogg")).isFalse();
        assertThat(mediaOf(206, "OggS", "audio/ogg")).isFalse();
    }

    private boolean mediaOf(int status, String body, String type) {
        server.behaves(Server.answering(status, body, Map.of("Content-Type", type)));
        return ((Answered) provider.exchange(COMPANY, server.get())).bringsMedia();
    }

    @Test
    void a_wait_that_is_asked_for_is_told() {
        server.behaves(Server.answering(429, "", Map.of("Retry-After", "17")));

        assertThat(((Answered) provider.exchange(COMPANY, server.get())).retryAfter())
                .isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void a_refused_connection_has_certainly_not_been_sent() throws IOException {
        int nobody;
        try (var closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }

        assertThat(provider.exchange(COMPANY, to("http://localhost:" + nobody))).satisfies(ExchangeTest::isUnreachable);
    }

    @Test
    void a_host_without_an_address_has_certainly_not_been_sent() {
        assertThat(provider.exchange(COMPANY, to("http://nobody.invalid/"))).satisfies(ExchangeTest::isUnreachable);
    }

    @Test
    void who_takes_no_connection_was_certainly_sent_nothing() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Nobody takes them, so that the line is full at last and who comes then hears nothing.
            while (joins(deaf, waiting)) {
                assertThat(waiting).as("connections that nobody takes").hasSizeLessThan(1000);
            }

            assertThat(provider.exchange(COMPANY, to("http://127.0.0.1:" + deaf.getLocalPort())))
                    .satisfies(ExchangeTest::isUnreachable);
        } finally {
            for (Socket each : waiting) {
                each.close();
            }
        }
    }

    @Test
    void a_server_that_does_not_answer_may_have_received_it() {
        assertThat(provider.exchange(COMPANY, server.get("/hang", SHORT))).isEqualTo(new Lost("timeout"));
    }

    @Test
    void an_answer_is_read_in_time_while_no_virtual_thread_gets_a_core() {
        var over = new AtomicBoolean();
        int cores = Runtime.getRuntime().availableProcessors();
        try {
            for (int each = 0; each < 4 * cores; each++) {
                Thread.startVirtualThread(() -> {
                    while (!over.get()) {
                        Thread.onSpinWait();
                    }
                });
            }

            Exchange end = provider.exchange(COMPANY, server.get("/", Duration.ofSeconds(5)));

            assertThat(end).isInstanceOf(Answered.class);
        } finally {
            over.set(true);
        }
    }

    @Test
    void an_answer_that_drips_is_given_up_when_the_limit_is_over() {
        server.behaves(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            for (int sent = 0; sent < 1000; sent++) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
                LockSupport.parkNanos(20_000_000);
            }
        });

        assertThat(provider.exchange(COMPANY, server.get("/", SHORT))).isEqualTo(new Lost("timeout"));
    }

    @Test
    void a_connection_that_breaks_after_the_request_may_have_carried_it() throws IOException {
        try (var breaking = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> readAndBreak(breaking));

            assertThat(provider.exchange(COMPANY, to("http://localhost:" + breaking.getLocalPort())))
                    .isEqualTo(new Lost("connection_lost"));
        }
    }

    @Test
    void a_body_that_says_it_is_too_long_is_not_read() {
        server.behaves(exchange -> {
            exchange.sendResponseHeaders(200, 5000);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
            server.hang();
        });

        assertThat(provider.exchange(COMPANY, server.get().keeping(4999))).isEqualTo(new Lost("answer_too_long"));
    }

    @Test
    void a_body_that_goes_on_and_on_is_not_kept() {
        server.behaves(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[5000]);
            exchange.getResponseBody().flush();
            server.hang();
        });

        assertThat(provider.exchange(COMPANY, server.get().keeping(4999))).isEqualTo(new Lost("answer_too_long"));
    }

    @Test
    void a_body_of_exactly_the_size_is_kept() {
        server.behaves(Server.answering(200, "x".repeat(5000), Map.of()));

        assertThat(((Answered) provider.exchange(COMPANY, server.get().keeping(5000))).body())
                .hasSize(5000);
    }

    @Test
    void an_interrupted_caller_is_let_go_and_stays_interrupted() throws InterruptedException {
        var end = new AtomicReference<Exchange>();
        var interrupted = new AtomicReference<Boolean>();
        Thread caller = Thread.ofVirtual().start(() -> {
            end.set(provider.exchange(COMPANY, server.get("/hang", Duration.ofSeconds(20))));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        await().until(() -> server.calls.get() == 1);

        caller.interrupt();
        caller.join();

        assertThat(end.get()).isEqualTo(new Lost("interrupted"));
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void a_redirect_is_an_answer_like_any_other() {
        server.behaves(Server.answering(302, "", Map.of("Location", "http://169.254.169.254/")));

        assertThat(((Answered) provider.exchange(COMPANY, server.get())).status())
                .isEqualTo(302);
        assertThat(server.calls).hasValue(1);
    }

    private static void isUnreachable(Exchange exchange) {
        assertThat(exchange).isInstanceOfSatisfying(NotSent.class, notSent -> {
            assertThat(notSent.reason()).isEqualTo("unreachable");
            assertThat(notSent.tried()).isTrue();
            assertThat(notSent.after()).isPositive();
        });
    }

    private static void readAndBreak(ServerSocket breaking) {
        try {
            // The client may try again by itself on a fresh connection: each of them breaks.
            while (true) {
                try (Socket socket = breaking.accept()) {
                    socket.getInputStream().read(new byte[4096]);
                    socket.setSoLinger(true, 0);
                }
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request to(String address) {
        return Request.of(
                HttpRequest.newBuilder(URI.create(address))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                Duration.ofSeconds(5));
    }

    private static boolean joins(ServerSocket line, List<Socket> waiting) throws IOException {
        var socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(line.getLocalSocketAddress(), (int) SHORT.toMillis());
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }
}
