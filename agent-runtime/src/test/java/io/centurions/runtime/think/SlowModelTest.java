package io.centurions.runtime.think;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.model.chat.ChatModel;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many turns that wait for a model that takes its time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowModelTest {

    private static final int COMPANIES = 10;
    private static final int TURNS = 1_000;
    private static final String ANSWER = """
            {"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,"finish_reason":"stop",
             "message":{"role":"assistant","content":"Oi!"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
            """;

    private final Providers providers = new Providers(
            new Settings(Limited.of(100, 2048).waiting(100, Duration.ofSeconds(30))), new SimpleMeterRegistry());
    private final ChatModels models = new ChatModels(ModelSettings.allowing("localhost"), null, providers);
    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void a_model_that_takes_its_time_and_one_that_does_not() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/slow", exchange -> {
            exchange.getRequestBody().readAllBytes();
            waiting.incrementAndGet();
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange);
        });
        server.createContext("/quick", SlowModelTest::answer);
        server.start();
    }

    @AfterEach
    void close() {
        slow.countDown();
        server.stop(0);
        providers.close();
    }

    @Test
    void a_thousand_turns_wait_at_once_and_all_are_answered() {
        var companies =
                IntStream.range(0, COMPANIES).mapToObj(c -> CompanyId.random()).toList();
        var answered = new AtomicInteger();
        try (var turns = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, TURNS)
                    .forEach(turn -> turns.execute(() -> ask(companies.get(turn % COMPANIES), "/slow", answered)));
            await().atMost(Duration.ofSeconds(30)).untilAtomic(waiting, Matchers.is(TURNS));
            slow.countDown();
        }

        assertThat(failures).isEmpty();
        assertThat(answered).hasValue(TURNS);
    }

    @Test
    void a_company_whose_model_is_slow_delays_no_other() {
        CompanyId patient = CompanyId.random();
        CompanyId other = CompanyId.random();
        var answered = new AtomicInteger();
        try (var turns = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 150).forEach(turn -> turns.execute(() -> ask(patient, "/slow", answered)));
            await().atMost(Duration.ofSeconds(30)).untilAtomic(waiting, Matchers.is(100));

            ask(other, "/quick", answered);
            assertThat(answered).hasValue(1);

            slow.countDown();
        }

        assertThat(failures).isEmpty();
        assertThat(answered).hasValue(151);
    }

    private void ask(CompanyId company, String path, AtomicInteger answered) {
        try {
            ChatModel model = models.of(company, choice(path));
            assertThat(model.chat("Olá")).isEqualTo("Oi!");
            answered.incrementAndGet();
        } catch (RuntimeException | Error failure) {
            failures.merge(String.valueOf(failure), 1, Integer::sum);
        }
    }

    private ModelChoice choice(String path) {
        return new ModelChoice(
                Provider.OPENAI, "http://localhost:" + server.getAddress().getPort() + path, "m", null, 0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
