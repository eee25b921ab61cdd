package io.centurions.autentique.autentique;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import io.centurions.autentique.signing.SignatureProvider.Paper;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AutentiqueClientTest {

    private static final CompanyId COMPANY = CompanyId.random();
    private static final Paper PAPER = new Paper("c-1", "c-1", new byte[0], List.of(), null);

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private final Providers providers = Settings.providers();
    private AutentiqueClient client;

    @BeforeEach
    void a_server_and_its_client() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = new AutentiqueClient(
                config(URI.create("http://localhost:" + server.getAddress().getPort() + "/")),
                new ObjectMapper(),
                Clock.systemUTC(),
                providers);
    }

    @AfterEach
    void stop() {
        over.countDown();
        providers.close();
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

        assertThat(client.delete(COMPANY, "d-1")).isEqualTo(new TryLater<String>(Duration.ZERO, "timeout"));
    }

    @Test
    void an_answer_without_end_is_not_kept() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[3 * 1024 * 1024]);
            exchange.getResponseBody().flush();
            awaitTheEnd();
        });

        assertThat(client.delete(COMPANY, "d-1")).isEqualTo(new TryLater<String>(Duration.ZERO, "answer-too-long"));
    }

    @Test
    void who_asks_us_to_wait_is_not_asked_again_before_not_even_for_a_look() {
        var calls = new AtomicInteger();
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getResponseHeaders().add("Retry-After", "75");
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });

        assertThat(client.look(COMPANY, "d-1"))
                .isInstanceOfSatisfying(
                        TryLater.class, later -> assertThat(later.atLeast()).isEqualTo(Duration.ofSeconds(75)));
        assertThat(client.delete(CompanyId.random(), "d-2"))
                .as("the token is everybody's")
                .isInstanceOfSatisfying(TryLater.class, later -> {
                    assertThat(later.reason()).isEqualTo("account-limited");
                    assertThat(later.tried()).isFalse();
                });
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_look_is_repeated_and_a_creation_never_is() {
        var calls = new AtomicInteger();
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(502, -1);
            exchange.close();
        });

        assertThat(client.look(COMPANY, "d-1")).isInstanceOf(TryLater.class);
        assertThat(calls).hasValueGreaterThan(1);

        calls.set(0);
        client.create(COMPANY, PAPER);
        assertThat(calls).hasValue(1);
    }

    @Test
    void an_answer_is_read() {
        answers("{\"data\":{\"deleteDocument\":true}}");

        assertThat(client.delete(COMPANY, "d-1")).isEqualTo(new Accepted<>("d-1"));
    }

    @Test
    void a_document_is_not_there_when_the_list_of_those_found_is_without_it() {
        answers("{\"data\":{\"documents\":{\"total\":0,\"data\":[]}}}");

        assertThat(client.find(COMPANY, PAPER)).isEqualTo(new Accepted<>(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"data\":{}}", "{\"data\":{\"documents\":null}}", "{\"data\":{\"documents\":{\"data\":null}}}"
            })
    void half_an_answer_says_of_no_document_that_it_is_not_there(String answer) {
        answers(answer);

        assertThat(client.find(COMPANY, PAPER))
                .isEqualTo(new TryLater<Optional<String>>(Duration.ZERO, "unreadable-answer"));
    }

    @Test
    void a_document_is_gone_when_it_is_said_to_be_none_and_not_when_nothing_is_said_of_it() {
        answers("{\"data\":{\"document\":null}}");
        assertThat(client.look(COMPANY, "d-1")).isEqualTo(new Accepted<>(Optional.empty()));

        server.removeContext("/");
        answers("{\"data\":{}}");
        assertThat(client.look(COMPANY, "d-1")).isInstanceOf(TryLater.class);
    }

    private void answers(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
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
                return Duration.ofSeconds(3);
            }
        };
    }
}
