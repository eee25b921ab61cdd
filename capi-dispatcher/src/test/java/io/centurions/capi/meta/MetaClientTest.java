package io.centurions.capi.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.centurions.capi.meta.MetaAnswer.KeptBack;
import io.centurions.capi.meta.MetaAnswer.TryLater;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetaClientTest {

    private static final CompanyId COMPANY = CompanyId.random();
    private static final Dataset DATASET = new Dataset("1", "a-token", null, null);

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private final Providers providers = Settings.providers();
    private MetaClient client;

    @BeforeEach
    void a_server_and_its_client() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = new MetaClient(
                config(URI.create("http://localhost:" + server.getAddress().getPort())), providers);
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

        assertThat(client.send(COMPANY, DATASET, List.of()))
                .isEqualTo(new TryLater("timeout", true, Duration.ZERO, null));
    }

    @Test
    void an_answer_without_end_is_not_kept() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[300 * 1024]);
            exchange.getResponseBody().flush();
            awaitTheEnd();
        });

        assertThat(client.send(COMPANY, DATASET, List.of()))
                .isEqualTo(new TryLater("answer_too_long", true, Duration.ZERO, null));
    }

    @Test
    void what_meta_asks_us_to_wait_for_is_told_and_binds_the_dataset() {
        server.createContext("/", exchange -> {
            byte[] body = "{\"error\":{\"code\":4,\"fbtrace_id\":\"A1\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "75");
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(client.send(COMPANY, DATASET, List.of()))
                .isEqualTo(new TryLater("rate_limited", false, Duration.ofSeconds(75), "A1"));

        assertThat(client.send(COMPANY, DATASET, List.of())).isInstanceOfSatisfying(KeptBack.class, kept -> {
            assertThat(kept.reason()).isEqualTo("account_limited");
            assertThat(kept.after()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(75));
        });
        assertThat(client.send(COMPANY, new Dataset("2", "a-token", null, null), List.of()))
                .extracting("reason")
                .isEqualTo("rate_limited");
        assertThat(client.send(CompanyId.random(), DATASET, List.of()))
                .as("nobody silences another company's dataset by naming it")
                .extracting("reason")
                .isEqualTo("rate_limited");
    }

    @Test
    void what_was_kept_back_was_certainly_not_stored_and_waits() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        for (int call = 0; call < 10; call++) {
            client.send(COMPANY, DATASET, List.of());
        }

        assertThat(client.send(COMPANY, DATASET, List.of())).isInstanceOfSatisfying(KeptBack.class, kept -> {
            assertThat(kept.reason()).isEqualTo("breaker_open");
            assertThat(kept.after()).isPositive();
        });
    }

    @Test
    void a_server_that_cannot_be_reached_leaves_it_open_as_ever() {
        server.stop(0);

        assertThat(client.send(COMPANY, DATASET, List.of())).isInstanceOfSatisfying(TryLater.class, away -> {
            assertThat(away.reason()).isEqualTo("unreachable");
            assertThat(away.maybeStored()).isTrue();
        });
    }

    @Test
    void an_answer_is_read() {
        server.createContext("/", exchange -> {
            byte[] body = "{\"events_received\":0,\"fbtrace_id\":\"A1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(client.send(COMPANY, DATASET, List.of())).isEqualTo(new MetaAnswer.Accepted("A1"));
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MetaConfig config(URI url) {
        return new MetaConfig() {
            @Override
            public URI graphUrl() {
                return url;
            }

            @Override
            public String apiVersion() {
                return "v23.0";
            }

            @Override
            public Optional<String> accessToken() {
                return Optional.empty();
            }

            @Override
            public Optional<String> appSecret() {
                return Optional.empty();
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(1);
            }
        };
    }
}
