package io.centurions.runtime.deliver.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import io.centurions.runtime.deliver.SendResult;
import io.centurions.runtime.deliver.instagram.InstagramClient.Answer;
import io.centurions.runtime.intake.Fixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard of Graph when it has had enough, or when somebody answers in its place. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InstagramClientTest {

    private final ObjectMapper json = new ObjectMapper();
    private final Providers providers = Settings.providers();
    private final AtomicInteger calls = new AtomicInteger();
    private final CompanyId company = CompanyId.random();
    private HttpServer server;
    private volatile int status = 503;
    private volatile String said = "{\"error\":{\"code\":4,\"fbtrace_id\":\"A1\"}}";
    private InstagramClient instagram;

    @BeforeEach
    void graph() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            byte[] body = said.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "75");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        instagram = new InstagramClient(new At(server.getAddress().getPort()), json, providers);
    }

    @AfterEach
    void close() {
        server.stop(0);
        providers.close();
    }

    @Test
    void what_it_asks_us_to_wait_for_is_told_of_a_send() {
        Answer answer = send("a-token");

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.No.class, no -> assertThat(no.retryAfter()).isEqualTo(Duration.ofSeconds(75)));
    }

    @Test
    void a_look_that_may_be_repeated_is_not_repeated_before() {
        instagram.account(company, "a-token");

        assertThat(calls).hasValue(1);
    }

    @Test
    void an_account_that_is_limited_is_left_alone_and_another_is_not() {
        send("a-token");

        assertThat(send("a-token")).isInstanceOfSatisfying(Answer.Silent.class, kept -> {
            assertThat(kept.mayHaveArrived()).isFalse();
            assertThat(kept.why()).isEqualTo("account_limited");
            assertThat(kept.after()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(75));
        });
        assertThat(instagram.account(company, "a-token")).isInstanceOf(Answer.Silent.class);
        assertThat(calls).hasValue(1);
        assertThat(send("another-token")).isInstanceOf(Answer.No.class);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            403 | {"error":{"code":403,"message":"blocked"}}
            403 | {"error":{"code":10,"message":"blocked","status":"PERMISSION_DENIED"}}
            401 | {"error":{"code":190,"message":"no key","type":"unauthorized"}}
            403 | {"message":"Forbidden"}
            405 | {"code":"405","error":"method_not_allowed"}
            422 | {"error":{"code":422,"error_subcode":2534022}}
            """)
    void what_a_gateway_refuses_in_json_is_not_graphs_word_and_is_tried_later(int status, String said) {
        this.status = status;
        this.said = said;

        assertThat(send("a-token")).isInstanceOfSatisfying(Answer.No.class, no -> {
            assertThat(no.refusesToken() || no.lacksPermission()).isFalse();
            assertThat(ToSendResult.of(no))
                    .isEqualTo(new SendResult.TryLater(Duration.ofSeconds(75), "provider_" + status));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send-outside-window-error",
                "send-user-not-found-error",
                "token-expired-error",
                "rate-limit-error"
            })
    void an_error_of_graphs_is_known_by_its_trace(String fixture) {
        JsonNode captured = Fixture.json("instagram/" + fixture + ".json").path("response");
        status = captured.path("status").intValue();
        said = captured.path("body").toString();

        assertThat(send("a-token"))
                .isInstanceOfSatisfying(
                        Answer.No.class, no -> assertThat(no.error()).isEqualTo(captured.at("/body/error")));
    }

    private Answer send(String token) {
        return instagram.send(company, token, json.createObjectNode(), Duration.ofSeconds(5));
    }

    private record At(int port) implements InstagramConfig {

        @Override
        public URI graphUrl() {
            return URI.create("http://localhost:" + port);
        }

        @Override
        public String version() {
            return "v23.0";
        }

        @Override
        public Duration callTimeout() {
            return Duration.ofSeconds(5);
        }
    }
}
