package io.centurions.runtime.deliver.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.RetryAfter;
import io.centurions.platform.providers.Settings;
import io.centurions.runtime.think.NotNow;
import io.centurions.runtime.understand.MediaPatience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard of the Bot API, and how often it is asked. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TelegramClientTest {

    private final ObjectMapper json = new ObjectMapper();
    private final Providers providers = Settings.providers();
    private final AtomicInteger calls = new AtomicInteger();
    private final Bot bot = new Bot(CompanyId.random(), "1:secret");
    private HttpServer server;
    private TelegramClient telegram;

    @BeforeEach
    void an_api() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        telegram = new TelegramClient(new At(server.getAddress().getPort()), json, providers);
    }

    @AfterEach
    void close() {
        server.stop(0);
        providers.close();
    }

    @Test
    void the_wait_in_the_answer_counts_more_than_the_one_in_the_header() {
        answers(429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":14}}", "99");

        assertThat(send()).isEqualTo(new TelegramAnswer.No(429, "", Duration.ofSeconds(14)));
    }

    @Test
    void a_refusal_comes_with_telegrams_own_words() {
        answers(403, "{\"ok\":false,\"error_code\":403,\"description\":\"Forbidden: user is deactivated\"}", null);

        assertThat(send()).isEqualTo(new TelegramAnswer.No(403, "Forbidden: user is deactivated", Duration.ZERO));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            403 | {"error":{"code":403,"message":"blocked"}}
            403 | {"code":403,"description":"blocked by policy"}
            404 | {"error_code":404,"description":"no Route matched with those values"}
            401 | {"ok":false,"message":"Unauthorized","description":"no key"}
            200 | {"ok":true}
            200 | {"ok":true,"result":null}
            200 | {"message":"ok"}
            200 | {}
            """)
    void what_a_gateway_says_in_json_is_not_telegrams_word(int status, String body) {
        answers(status, body, null);

        assertThat(send()).isEqualTo(new TelegramAnswer.No(status, "", Duration.ZERO));
    }

    @Test
    void a_gateways_wait_is_taken_from_the_header() {
        answers(429, "<html>slow down</html>", "9");

        assertThat(send()).isEqualTo(new TelegramAnswer.No(429, "", Duration.ofSeconds(9)));
    }

    @Test
    void nobody_waits_for_a_day() {
        answers(429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":86400}}", null);

        assertThat(send()).isEqualTo(new TelegramAnswer.No(429, "", RetryAfter.LONGEST));
    }

    @Test
    void a_bot_that_is_limited_is_left_alone_in_all_its_chats_for_as_long_as_telegram_says() {
        answers(429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":14}}", "99");
        send();

        assertThat(send()).isInstanceOfSatisfying(TelegramAnswer.Silent.class, kept -> {
            assertThat(kept.mayHaveArrived()).isFalse();
            assertThat(kept.why()).isEqualTo("account_limited");
            assertThat(kept.after()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(14));
        });
        assertThat(telegram.call(bot, "getMe", json.createObjectNode())).isInstanceOf(TelegramAnswer.Silent.class);
        assertThat(calls).hasValue(1);
        assertThat(telegram.call(new Bot(bot.company(), "2:other"), "getMe", json.createObjectNode()))
                .as("another bot of the company")
                .isInstanceOf(TelegramAnswer.No.class);
    }

    @Test
    void a_chat_that_is_limited_for_minutes_does_not_silence_its_bot_as_long() {
        answers(429, "{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":300}}", null);
        assertThat(send()).isEqualTo(new TelegramAnswer.No(429, "", Duration.ofSeconds(300)));

        assertThat(send())
                .isInstanceOfSatisfying(
                        TelegramAnswer.Silent.class,
                        kept -> assertThat(kept.after()).isLessThanOrEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void a_send_is_made_once_and_a_look_is_repeated() {
        answers(502, "", null);

        send();
        assertThat(calls).hasValue(1);

        calls.set(0);
        telegram.call(bot, "getMe", json.createObjectNode());
        assertThat(calls).hasValueGreaterThan(1);
    }

    @Test
    void while_telegram_fails_a_message_is_kept_back_and_has_certainly_not_been_sent() {
        answers(502, "", null);
        for (int call = 0; call < 10; call++) {
            send();
        }

        assertThat(send()).isInstanceOfSatisfying(TelegramAnswer.Silent.class, kept -> {
            assertThat(kept.mayHaveArrived()).isFalse();
            assertThat(kept.why()).isEqualTo("breaker_open");
            assertThat(kept.after()).isPositive();
        });
        assertThat(calls).hasValue(10);
    }

    @Test
    void a_server_that_is_not_there_has_certainly_not_received_it() {
        server.stop(0);

        assertThat(send())
                .isInstanceOfSatisfying(
                        TelegramAnswer.Silent.class,
                        silent -> assertThat(silent.mayHaveArrived()).isFalse());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"file is too big", "invalid file_id", "wrong remote file identifier specified"})
    void a_file_that_telegram_denies_is_gone(String description) {
        answers(400, "{\"ok\":false,\"error_code\":400,\"description\":\"Bad Request: " + description + "\"}", null);

        assertThat(file()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"ok":false,"error_code":400,"description":"Bad Request: wrong file_id or the file is temporarily unavailable"} | 2
            400 | <html>a proxy</html>                                                                                       | 2
            401 | {"ok":false,"error_code":401,"description":"Unauthorized"}                                                 | 2
            429 | {"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":14}}            | 14
            200 | {"ok":true,"result":{"file_id":"f"}}                                                                       | 2
            """)
    void a_file_that_is_not_to_be_had_now_is_asked_for_later(int status, String body, int seconds) {
        answers(status, body, null);

        assertThat(NotNow.askedIn(catchThrowable(this::file))).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void a_page_where_a_file_should_be_is_no_file() {
        answers(200, "{\"ok\":true,\"result\":{\"file_path\":\"voice/1.oga\"}}", null);
        server.createContext("/file/bot1:secret/voice/1.oga", exchange -> {
            byte[] page = "<html>sign in</html>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });

        assertThat(NotNow.askedIn(catchThrowable(this::file))).isPresent();
    }

    @Test
    void nothing_shows_the_token() {
        assertThat(bot.toString()).doesNotContain("secret");
    }

    @Test
    void what_is_left_of_the_patience_is_for_both_calls_together() {
        var never = new CountDownLatch(1);
        var downloads = new AtomicInteger();
        server.createContext("/bot1:secret/getFile", exchange -> {
            held(never, Duration.ofMillis(900));
            byte[] path = "{\"ok\":true,\"result\":{\"file_path\":\"voice/1.oga\"}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, path.length);
            exchange.getResponseBody().write(path);
            exchange.close();
        });
        server.createContext("/file/", exchange -> {
            downloads.incrementAndGet();
            exchange.close();
        });

        Throwable late = catchThrowable(() -> fileWithin(Duration.ofMillis(1800)));

        assertThat(NotNow.askedIn(late)).contains(Duration.ofSeconds(2));
        assertThat(downloads).hasValue(0);
    }

    private static void held(CountDownLatch released, Duration most) {
        try {
            released.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<byte[]> file() {
        return fileWithin(Duration.ofSeconds(5));
    }

    private Optional<byte[]> fileWithin(Duration patience) {
        return telegram.file(bot, "f", 1_000_000, MediaPatience.of(patience));
    }

    private TelegramAnswer send() {
        return telegram.call(bot, "sendMessage", json.createObjectNode().put("text", "Oi"));
    }

    private void answers(int status, String body, String retryAfter) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext("/bot1:secret", exchange -> {
            calls.incrementAndGet();
            if (retryAfter != null) {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private record At(int port) implements TelegramConfig {

        @Override
        public URI apiUrl() {
            return URI.create("http://localhost:" + port);
        }

        @Override
        public Mode mode() {
            return Mode.WEBHOOK;
        }

        @Override
        public Duration pollHold() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration callTimeout() {
            return Duration.ofSeconds(5);
        }
    }
}
