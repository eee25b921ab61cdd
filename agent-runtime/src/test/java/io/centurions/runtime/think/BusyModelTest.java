package io.centurions.runtime.think;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import io.centurions.platform.providers.Settings.Limited;
import io.centurions.runtime.think.CenturionConfig.ModelChoice;
import io.centurions.runtime.think.CenturionConfig.Provider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a turn learns of a model that gives no answer: how long to leave it alone, and what it has to pay. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusyModelTest {

    private static final String NONSENSE = """
            {"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"stop",
             "message":{"role":"assistant","content":"Oi!"}}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
            """;

    private final Providers providers = new Providers(
            new Settings(Limited.of(32, 512).breaking(2, Duration.ofSeconds(30))), new SimpleMeterRegistry());
    private final Think think = new Think(
            new ChatModels(ModelSettings.allowing("localhost"), null, providers),
            new ObjectMapper(),
            new SimpleMeterRegistry());
    private final CompanyId company = CompanyId.random();
    private final AtomicInteger calls = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void a_model() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        providers.close();
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void each_of_them_may_ask_us_to_wait(Provider provider) {
        answers(429, "{}", "90");

        Thinking.Stuck stuck = stuck(provider);

        assertThat(stuck).isEqualTo(new Thinking.Stuck("model_unavailable", "m", Duration.ofSeconds(90), List.of()));
        assertThat(calls).hasValue(1);
    }

    @Test
    void by_a_date_as_well() {
        var then = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(5);
        answers(503, "", DateTimeFormatter.RFC_1123_DATE_TIME.format(then));

        assertThat(stuck(Provider.OPENAI).after()).isBetween(Duration.ofSeconds(280), Duration.ofSeconds(300));
    }

    @Test
    void a_model_that_breaks_is_left_alone_while_our_breaker_rests_which_binds_no_other_replica() {
        answers(500, "", null);
        stuck(Provider.OPENAI);
        stuck(Provider.OPENAI);

        assertThat(stuck(Provider.OPENAI).after()).isZero();
        assertThat(calls).hasValue(2);
    }

    @Test
    void each_answer_is_to_be_paid_for_also_one_that_nobody_understands() {
        server.createContext("/", exchange -> {
            boolean first = calls.incrementAndGet() == 1;
            byte[] body = (first ? NONSENSE : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Retry-After", "60");
            exchange.sendResponseHeaders(first ? 200 : 429, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(stuck(Provider.OPENAI))
                .isEqualTo(new Thinking.Stuck(
                        "model_unavailable", "m", Duration.ofMinutes(1), List.of(new Thinking.Usage("m", 7, 3))));
    }

    @Test
    void two_answers_that_nobody_understands_are_two_to_pay_for() {
        answers(200, NONSENSE, null);

        assertThat(stuck(Provider.OPENAI))
                .isEqualTo(new Thinking.Stuck(
                        "model_invalid",
                        "m",
                        Duration.ZERO,
                        List.of(new Thinking.Usage("m", 7, 3), new Thinking.Usage("m", 7, 3))));
    }

    private Thinking.Stuck stuck(Provider provider) {
        String base = "http://localhost:" + server.getAddress().getPort() + "/";
        var config = new CenturionConfig(
                1,
                "Você vende.",
                "pt-BR",
                new ModelChoice(provider, base, "m", null, 0),
                List.of(),
                70,
                new CenturionConfig.Typing(18, 1, 2));
        var question = new Question(config, List.of(new Line(1, "oi")), List.of(), new Question.Occasion.Burst(false));
        return (Thinking.Stuck) think.about(company, question);
    }

    private void answers(int status, String body, String retryAfter) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
