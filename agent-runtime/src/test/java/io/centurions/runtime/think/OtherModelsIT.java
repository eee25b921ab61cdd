package io.centurions.runtime.think;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The providers that the sandbox does not simulate, as they look on the wire. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class OtherModelsIT {

    private static final String OUTCOME =
            "{\"outcome\":\"reply\",\"reason\":\"r\",\"bubbles\":[\"Oi!\"],\"criteria\":{\"prazo\":{\"answer\":\"já\",\"met\":true,\"message\":1}}}";

    @Inject
    Think think;

    private final Map<String, String> asked = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.start();
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

        Thinking thinking = think.about(question(Provider.ANTHROPIC, "/v1/"));

        assertDecided(thinking, new Thinking.Usage("model-x", 20, 7));
        assertThat(asked.get("/v1/messages")).contains("\"turn_outcome\"", "\"any\"", "[#1] para já", "Para quando?");
    }

    @Test
    void ollama_keeps_to_the_form_by_its_format() {
        answer("/api/chat", """
                {"model":"model-x","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":%s},
                 "done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":7}
                """.formatted(quoted(OUTCOME)));

        Thinking thinking = think.about(question(Provider.OLLAMA, ""));

        assertDecided(thinking, new Thinking.Usage("model-x", 20, 7));
        assertThat(asked.get("/api/chat")).contains("\"format\"", "\"outcome\"", "[#1] para já");
    }

    @Test
    void a_key_that_a_configuration_may_not_read_is_refused() {
        var choice = new ModelChoice(Provider.OPENAI, "http://localhost:1/v1", "m", "env:SECRETS_KEYRING", 0);

        assertThat(think.about(question(choice))).isEqualTo(new Thinking.Stuck("model_unavailable", "m"));
    }

    private void answer(String path, String body) {
        server.createContext(path, exchange -> {
            asked.put(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
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
        String base = "http://localhost:" + server.getAddress().getPort() + path;
        return question(new ModelChoice(provider, base, "model-x", null, 0.2));
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
