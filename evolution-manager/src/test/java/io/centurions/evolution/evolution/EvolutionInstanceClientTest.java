package io.centurions.evolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word it is that an instance is there, or is not. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvolutionInstanceClientTest {

    private static final WebhookRegistration WEBHOOK =
            new WebhookRegistration(URI.create("https://us.example/webhooks/evolution/1"), "a-secret");
    private static final String PAGE = "<html>a proxy's page</html>";

    private final Providers providers = Settings.providers();
    private final ServerInstance at = new ServerInstance(CompanyId.random(), "one");
    private HttpServer server;
    private EvolutionInstanceClient instances;

    @BeforeEach
    void a_server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        var config = new EvolutionHttpTest.At(server.getAddress().getPort());
        instances = new EvolutionInstanceClient(new EvolutionHttp(config, new ObjectMapper(), providers), config);
    }

    @AfterEach
    void close() {
        server.stop(0);
        providers.close();
    }

    @Test
    void an_instance_that_the_server_does_not_know_is_missing_and_as_good_as_deleted() {
        answers(Fixture.answer("state-missing-404"));

        assertThat(instances.state(at)).isInstanceOf(InstanceResult.Missing.class);
        assertThat(instances.delete(at)).isInstanceOf(InstanceResult.Done.class);
    }

    @Test
    void the_other_words_for_it_mean_the_same() {
        answers(Fixture.answer("fetch-missing-404"));

        assertThat(instances.state(at)).isInstanceOf(InstanceResult.Missing.class);
    }

    @Test
    void a_name_that_the_server_says_to_be_in_use_is_in_use() {
        answers(Fixture.answer("create-duplicate-403"));

        assertThat(instances.create(at, WEBHOOK)).isInstanceOf(InstanceResult.NameInUse.class);
    }

    @Test
    void what_is_not_connected_is_logged_out() {
        answers(Fixture.answer("logout-not-connected-400"));

        assertThat(instances.logout(at)).isInstanceOf(InstanceResult.Done.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 401, 403, 404, 407, 429, 502, 503})
    void a_page_of_a_proxys_is_the_servers_absence_whatever_its_status(int status) {
        answers(status, PAGE);

        assertThat(instances.create(at, WEBHOOK)).isInstanceOf(InstanceResult.TryLater.class);
        assertThat(instances.state(at)).isInstanceOf(InstanceResult.TryLater.class);
        assertThat(instances.logout(at)).isInstanceOf(InstanceResult.TryLater.class);
        assertThat(instances.delete(at)).isInstanceOf(InstanceResult.TryLater.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | {"status":404,"error":"Not Found","message":"The \\"one\\" instance does not exist"}
            404 | {"status":502,"error":"Bad Gateway","response":{"message":["The \\"one\\" instance does not exist"]}}
            403 | {"message":"This name is already in use."}
            """)
    void json_of_another_shape_is_no_word_of_the_servers(int status, String body) {
        answers(status, body);

        assertThat(instances.create(at, WEBHOOK)).isInstanceOf(InstanceResult.TryLater.class);
        assertThat(instances.delete(at)).isInstanceOf(InstanceResult.TryLater.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"ok\"}",
                "{\"code\":\"OK\",\"message\":\"accepted\"}",
                "{\"status\":\"SUCCESS\",\"message\":\"ok\"}",
                "{\"status\":200,\"error\":false}",
                "{\"error\":true,\"message\":\"[object Object]\"}",
                "{}",
                "\"ok\""
            })
    void a_success_in_another_shape_is_none_of_the_servers(String body) {
        answers(200, body);

        assertThat(List.of(
                        instances.create(at, WEBHOOK),
                        instances.register(at, WEBHOOK),
                        instances.registeredUrl(at),
                        instances.connect(at, null),
                        instances.state(at),
                        instances.restart(at),
                        instances.logout(at),
                        instances.delete(at),
                        instances.keepsMessages(at)))
                .allSatisfy(result -> assertThat(result).isInstanceOf(InstanceResult.TryLater.class));
    }

    @Test
    void what_the_server_says_to_have_done_is_done() {
        assertThat(told("create-baileys", () -> instances.create(at, WEBHOOK))).isEqualTo("Done");
        assertThat(told("webhook-set", () -> instances.register(at, WEBHOOK))).isEqualTo("Done");
        assertThat(told("webhook-set", () -> instances.registeredUrl(at))).isEqualTo("Done");
        assertThat(told("state-close", () -> instances.state(at))).isEqualTo("Done");
        assertThat(told("logout-ok", () -> instances.logout(at))).isEqualTo("Done");
        assertThat(told("delete-ok", () -> instances.delete(at))).isEqualTo("Done");
        for (String standing : List.of("connect-already-open", "connect-not-ready", "connect-qr")) {
            assertThat(told(standing, () -> instances.connect(at, null))).isEqualTo("Done");
            assertThat(told(standing, () -> instances.restart(at))).isEqualTo("Done");
        }
    }

    private String told(String recorded, Supplier<InstanceResult<?>> call) {
        answers(Fixture.answer(recorded));
        InstanceResult<?> result = call.get();
        server.removeContext("/");
        return result.getClass().getSimpleName();
    }

    @ParameterizedTest
    @CsvSource({"create-bad-integration-400", "create-no-key-401", "unknown-route-404"})
    void what_the_server_refuses_for_another_reason_is_refused(String call) {
        answers(Fixture.answer(call));

        assertThat(instances.create(at, WEBHOOK)).isInstanceOf(InstanceResult.Refused.class);
        assertThat(instances.logout(at)).isInstanceOf(InstanceResult.Refused.class);
        assertThat(instances.delete(at)).isInstanceOf(InstanceResult.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"messages":{"total":0,"pages":0,"records":[]}}                                                  | true
            200 | []                                                                                                | false
            404 | {"status":404,"error":"Not Found","response":{"message":["Cannot POST /chat/findMessages/one"]}}  | false
            400 | {"status":400,"error":"Bad Request","response":{"message":["no such filter"]}}                     | false
            """)
    void the_server_says_itself_whether_it_keeps_messages(int status, String body, boolean keeps) {
        answers(status, body);

        assertThat(instances.keepsMessages(at)).isEqualTo(new InstanceResult.Done<>(keeps));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"status":401,"error":"Unauthorized","response":{"message":"Unauthorized"}}                                    | Refused
            404 | {"status":404,"error":"Not Found","response":{"message":["The \\"one\\" instance does not exist"]}}           | Missing
            429 | {"status":429,"error":"Too Many Requests","response":{"message":"slower, please"}}                             | TryLater
            500 | {"status":500,"error":"Internal Server Error","response":{"message":"the database is away"}}                   | TryLater
            """)
    void words_of_the_servers_on_something_else_leave_open_whether_it_keeps_messages(
            int status, String body, String told) {
        answers(status, body);

        assertThat(instances.keepsMessages(at).getClass().getSimpleName()).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404, 429, 503})
    void a_page_of_a_proxys_leaves_open_whether_messages_are_kept(int status) {
        answers(status, PAGE);

        assertThat(instances.keepsMessages(at)).isInstanceOf(InstanceResult.TryLater.class);
    }

    @Test
    void an_instance_without_a_webhook_has_none_and_is_no_absence() {
        answers(200, "null");

        assertThat(instances.registeredUrl(at)).isEqualTo(new InstanceResult.Done<>(""));
    }

    private void answers(Heard.Answered recorded) {
        answers(recorded.status(), recorded.body().toString());
    }

    private void answers(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
