package io.centurions.runtime.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.exception.NonRetriableException;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import io.centurions.runtime.think.ModelSettings;
import io.centurions.runtime.think.NotNow;
import io.centurions.runtime.think.Thinking;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard, what it cost, and when a server that is busy is asked again. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TranscribeTest {

    private final Providers providers = Settings.providers();
    private HttpServer server;
    private Transcribe transcribe;

    @BeforeEach
    void a_server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        var address = URI.create("http://localhost:" + server.getAddress().getPort() + "/v1");
        transcribe = new Transcribe(ModelSettings.at(address), new ObjectMapper(), providers);
    }

    @AfterEach
    void close() {
        server.stop(0);
        providers.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"text":"oi","usage":{"type":"tokens","input_tokens":14,"output_tokens":5}} | 14 | 5 | 0
            {"text":"oi","usage":{"type":"duration","seconds":9}}                       | 0  | 0 | 9
            {"text":"oi","usage":{"type":"duration","seconds":3.2}}                     | 0  | 0 | 4
            {"text":"oi","usage":{"type":"duration","seconds":-3}}                      | 0  | 0 | 0
            {"text":"oi"}                                                               | 0  | 0 | 0
            """)
    void what_it_cost_is_what_the_server_tells(String answer, int read, int written, int seconds) {
        answers(200, answer, null);

        assertThat(hear()).isEqualTo(new Meaning("oi", new Thinking.Usage("m", read, written, seconds)));
    }

    @Test
    void silence_is_paid_for_too() {
        answers(200, "{\"text\":\" \",\"usage\":{\"type\":\"duration\",\"seconds\":9}}", null);

        assertThat(hear()).isEqualTo(new Meaning(null, new Thinking.Usage("m", 0, 0, 9)));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_server_that_is_busy_says_how_long(int status) {
        answers(status, "{}", "45");

        Throwable busy = catchThrowable(this::hear);

        assertThat(NotNow.askedIn(busy)).contains(Duration.ofSeconds(45));
    }

    @ParameterizedTest
    @CsvSource({"302,", "408,", "429,", "500,", "502,", "429, -1", "429, soon"})
    void whoever_just_fails_has_refused_nothing(int status, String retryAfter) {
        answers(status, "{}", retryAfter);

        Throwable failure = catchThrowable(this::hear);

        assertThat(failure).isInstanceOf(IllegalStateException.class);
        assertThat(NotNow.askedIn(failure)).isEmpty();
    }

    @Test
    void a_page_is_no_transcript() {
        answers(200, "<html>please sign in</html>", null);

        assertThat(catchThrowable(this::hear)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"400,", "401,", "404, 45", "413,", "415,"})
    void a_refusal_is_told_apart(int status, String retryAfter) {
        answers(status, "{}", retryAfter);

        assertThat(catchThrowable(this::hear)).isInstanceOf(NonRetriableException.class);
    }

    private Meaning hear() {
        return transcribe.transcribe(
                CompanyId.random(),
                new MediaSource.Fetched(new byte[] {1, 2}, "audio/ogg"),
                "pt-BR",
                MediaPatience.of(Duration.ofSeconds(20)));
    }

    private void answers(int status, String body, String retryAfter) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/v1/audio/transcriptions", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
