package io.centurions.runtime.think;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The providers that the sandbox does not simulate, as they look on the wire. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class OtherModelsIT {

    private static final CompanyId COMPANY = CompanyId.random();
    private static final String OUTCOME =
            "{\"outcome\":\"reply\",\"reason\":\"r\",\"bubbles\":[\"Oi!\"],\"criteria\":{\"prazo\":{\"answer\":\"já\",\"met\":true,\"message\":1}}}";

    @Inject
    Secrets secrets;

    @Inject
    ObjectMapper json;

    @Inject
    MeterRegistry meters;

    @Inject
    Providers providers;

    private Think think;
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, String> asked = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.start();
        think = thinking(ModelSettings.allowing("localhost"));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void anthropic_fills_the_form_as_a_tool_that_it_must_call() {
        answer("/v1/messages", """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","stop_reason":"tool_use","stop_sequence":null,
                 "content":[{"type":"tool_use","id":"toolu_1","name":"turn_outcome","input":%s}],
                 "usage":{"input_tokens":20,"output_tokens":7}}
                """.formatted(OUTCOME));

        Thinking thinking = think.about(COMPANY, question(Provider.ANTHROPIC, "/v1/"));

        assertDecided(thinking, new Thinking.Usage("model-x", 20, 7));
        assertThat(asked.get("/v1/messages")).contains("\"turn_outcome\"", "\"any\"", "[#1] para já", "Para quando?");
    }

    @Test
    void ollama_keeps_to_the_form_by_its_format() {
        answer("/api/chat", """
                {"model":"model-x","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":%s},
                 "done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":7}
                """.formatted(quoted(OUTCOME)));

        Thinking thinking = think.about(COMPANY, question(Provider.OLLAMA, ""));

        assertDecided(thinking, new Thinking.Usage("model-x", 20, 7));
        assertThat(asked.get("/api/chat")).contains("\"format\"", "\"outcome\"", "[#1] para já");
    }

    @Test
    void a_key_goes_to_a_typed_address_only_when_it_was_set_apart_for_that() {
        answer("/v1/messages", """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","stop_reason":"tool_use","stop_sequence":null,
                 "content":[{"type":"tool_use","id":"toolu_1","name":"turn_outcome","input":%s}],
                 "usage":{"input_tokens":20,"output_tokens":7}}
                """.formatted(OUTCOME));
        var choice = new ModelChoice(Provider.ANTHROPIC, base("/v1/"), "model-x", "env:PATH", 0.2);
        var refused = meters.counter("model_calls_total", "result", "not_allowed");
        double before = refused.count();

        assertThat(think.about(COMPANY, question(choice)))
                .isEqualTo(new Thinking.Stuck("model_unavailable", "model-x"));
        assertThat(asked).isEmpty();
        assertThat(refused.count()).isEqualTo(before + 1);

        var apart = new ModelSettings(Optional.of(Set.of("PATH")), Optional.of(Set.of("localhost")));
        assertDecided(thinking(apart).about(COMPANY, question(choice)), new Thinking.Usage("model-x", 20, 7));
        assertThat(keys).containsEntry("/v1/messages", System.getenv("PATH"));
    }

    private Think thinking(ModelConfig config) {
        return new Think(new ChatModels(config, secrets, providers), json, meters);
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            asked.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            keys.put(path, String.valueOf(exchange.getRequestHeaders().getFirst("x-api-key")));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static void assertDecided(Thinking thinking, Thinking.Usage usage) {
        assertThat(thinking)
                .isEqualTo(new Thinking.Decided(
                        new Outcome.Reply(List.of("Oi!")),
                        Map.of("prazo", new Thinking.Finding("já", true, 1L)),
                        usage));
    }

    private Question question(Provider provider, String path) {
        return question(new ModelChoice(provider, base(path), "model-x", null, 0.2));
    }

    private String base(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private static Question question(ModelChoice choice) {
        var config = new CenturionConfig(
                1,
                "Você vende.",
                "pt-BR",
                choice,
                List.of(new Criterion("prazo", "Para quando?", 1, true)),
                70,
                new CenturionConfig.Typing(18, 1, 2));
        return new Question(config, List.of(new Line(1, "para já")), List.of(), new Question.Occasion.Burst(false));
    }

    private static String quoted(String json) {
        return "\"" + json.replace("\"", "\\\"") + "\"";
    }
}
