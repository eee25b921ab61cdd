package io.centurions.evolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.evolution.evolution.EvolutionMessageClient.Fetched;
import io.centurions.platform.providers.Providers;
import io.centurions.platform.providers.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the server is asked, and when it is left alone. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvolutionHttpTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int FILE_MOST = 300_000;
    private static final List<String> PERSON = List.of("5511999990000@s.whatsapp.net");

    private final Providers providers = Settings.providers();
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ServerInstance at = new ServerInstance(CompanyId.random(), "one");
    private HttpServer server;
    private EvolutionMessageClient messages;
    private EvolutionStore store;
    private EvolutionInstanceClient instances;

    @BeforeEach
    void a_server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        var config = new At(server.getAddress().getPort());
        var http = new EvolutionHttp(config, new ObjectMapper(), providers);
        messages = new EvolutionMessageClient(http, config);
        store = new EvolutionStore(http, config);
        instances = new EvolutionInstanceClient(http, config);
    }

    @AfterEach
    void close() {
        over.countDown();
        server.stop(0);
        providers.close();
    }

    @Test
    void a_server_that_breaks_is_left_alone_and_what_was_kept_back_may_be_sent_later() {
        answers(500, "{\"response\":{\"message\":\"broken\"}}");
        for (int call = 0; call < 10; call++) {
            assertThat(send()).isInstanceOf(SendResult.Unknown.class);
        }

        assertThat(send()).isInstanceOfSatisfying(SendResult.TryLater.class, kept -> {
            assertThat(kept.reason()).isEqualTo("breaker_open");
            assertThat(kept.after()).isPositive();
        });
        assertThat(calls).hasValue(10);
    }

    @Test
    void a_number_that_is_not_connected_holds_back_no_other_number_of_its_company() {
        answers(500, "{\"response\":{\"message\":\"Error: Connection Closed\"}}");

        for (int call = 0; call < 15; call++) {
            assertThat(send())
                    .isInstanceOfSatisfying(
                            SendResult.TryLater.class,
                            off -> assertThat(off.reason()).isEqualTo("instance_not_connected"));
        }
        assertThat(calls).hasValue(15);
    }

    @Test
    void what_was_sent_can_be_looked_for_while_sending_rests() {
        answers(500, "{}");
        for (int call = 0; call < 11; call++) {
            send();
        }
        int before = calls.get();

        store.findOwn(at, PERSON, "Oi", Instant.now(), Instant.now(), LONG);

        assertThat(calls).hasValueGreaterThan(before);
    }

    @Test
    void a_server_that_passes_over_the_time_asked_for_is_not_read_to_its_end() {
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        answers(200, "{\"messages\":{\"pages\":15,\"records\":[%s,%s]}}".formatted(own("A", now), own("B", now)));
        var found = store.findOwn(at, PERSON, "Oi", now.minusSeconds(10), now.plusSeconds(10), LONG);
        assertThat(found).containsExactly("A", "B");
        assertThat(calls).hasValue(15);

        store.findOwn(at, PERSON, "Oi", now.plusSeconds(1), now.plusSeconds(10), LONG);

        assertThat(calls).hasValue(16);
    }

    @Test
    void a_server_that_hangs_is_asked_no_longer_than_it_may_take() {
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        answersOnceThenHangs("{\"messages\":{\"pages\":15,\"records\":[%s]}}".formatted(own("A", now)));

        var found = store.findOwn(at, PERSON, "Oi", now, now.plusSeconds(10), Duration.ofSeconds(2));

        // A call may take longer than this test: what ended the second page is the time that the first one left.
        assertThat(found).as("not read to its end").isEmpty();
        assertThat(calls.get()).isBetween(1, 2);
    }

    @Test
    void a_page_that_somebody_else_answers_is_no_end_of_what_was_sent() {
        Instant now = Instant.ofEpochSecond(1_800_000_000);
        String page = "{\"messages\":{\"pages\":15,\"records\":[%s]}}".formatted(own("A", now));
        server.createContext(
                "/", exchange -> answer(exchange, 200, calls.incrementAndGet() > 1 ? "{\"message\":\"ok\"}" : page));

        assertThat(store.findOwn(at, PERSON, "Oi", now, now.plusSeconds(10), LONG))
                .isEmpty();
        assertThat(calls).hasValue(2);
    }

    private static String own(String id, Instant at) {
        return """
                {"key":{"fromMe":true,"id":"%s","remoteJid":"5511999990000@s.whatsapp.net"},
                 "message":{"conversation":"Oi"},"messageTimestamp":%d}""".formatted(id, at.getEpochSecond());
    }

    @Test
    void what_the_server_asks_us_to_wait_for_is_told() {
        limits("/");

        assertThat(send()).isEqualTo(new SendResult.TryLater("http_429", Duration.ofSeconds(75)));
        assertThat(send()).as("not asked before").isInstanceOfSatisfying(SendResult.TryLater.class, kept -> {
            assertThat(kept.reason()).isEqualTo("account_limited");
            assertThat(kept.after()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(75));
        });
        assertThat(messages.sendText(new ServerInstance(at.company(), "two"), "5511999990000", "Oi"))
                .as("another number of the company")
                .isEqualTo(new SendResult.TryLater("http_429", Duration.ofSeconds(75)));
    }

    @Test
    void an_instance_that_the_server_wants_left_alone_is_left_alone_whatever_it_is_asked_for() {
        limits("/chat/getBase64FromMediaMessage/");
        answers(200, "{}");
        messages.fetchMedia(at, "3EB0", FILE_MOST);

        assertThat(send())
                .isInstanceOfSatisfying(
                        SendResult.TryLater.class,
                        kept -> assertThat(kept.reason()).isEqualTo("account_limited"));
        assertThat(messages.composing(at, "5511999990000", Duration.ofSeconds(1)))
                .failsWithin(LONG);
        assertThat(store.findOwn(at, PERSON, "Oi", Instant.now(), Instant.now(), LONG))
                .isEmpty();
        assertThat(calls).as("calls beside the one that was limited").hasValue(0);
    }

    @Test
    void who_disconnects_or_deletes_a_limited_instance_hears_at_once_how_long_it_is_left_alone() {
        limits("/message/");
        answers(200, "{}");
        send();

        for (var told : List.of(instances.logout(at), instances.delete(at))) {
            assertThat(told).isInstanceOfSatisfying(InstanceResult.NotAsked.class, kept -> {
                assertThat(kept.reason()).isEqualTo("account_limited");
                assertThat(kept.after()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(75));
            });
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void typing_that_the_server_has_had_enough_of_is_not_shown_for_as_long() {
        limits("/chat/sendPresence/");
        answers(201, "{}");
        assertThat(messages.composing(at, "5511999990000", Duration.ofSeconds(1)))
                .succeedsWithin(LONG);

        assertThat(messages.composing(at, "5511999990000", Duration.ofSeconds(1)))
                .failsWithin(LONG);
        assertThat(send()).isInstanceOf(SendResult.TryLater.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"status":400,"error":"Bad Request","response":{"message":["Message not found"]}}
            400 | {"status":400,"error":"Bad Request","response":{"message":["The message is not of the media type"]}}
            400 | {"status":400,"error":"Bad Request","response":{"message":["Method not available on Evolution Channel"]}}
            201 | {"mediaType":"imageMessage","base64":null}
            """)
    void a_file_that_the_server_says_not_to_have_is_gone(int status, String body) {
        answers(status, body);

        assertThat(messages.fetchMedia(at, "3EB0", FILE_MOST)).isInstanceOf(Fetched.Gone.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | {"status":401,"error":"Unauthorized","response":{"message":"Unauthorized"}}
            403 | <html>forbidden</html>
            404 | <html>not found</html>
            404 | {"status":404,"error":"Not Found","response":{"message":["The \\"one\\" instance does not exist"]}}
            400 | <html>Message not found</html>
            404 | {"status":404,"error":"Not Found","response":{"message":["Message not found"]}}
            502 | {"status":502,"error":"Bad Gateway","response":{"message":["Method not available on Evolution Channel"]}}
            400 | {"status":400,"error":"Bad Request","response":{"message":["AxiosError: timeout of 30000ms exceeded"]}}
            302 | <html>sign in</html>
            200 | <html>sign in</html>
            200 | {"message":"ok"}
            200 | {"code":0,"message":"Message not found"}
            400 | {"message":"Message not found"}
            400 | {"status":502,"error":"Bad Gateway","response":{"message":["Message not found"]}}
            """)
    void a_refused_key_an_unknown_instance_and_a_proxys_answer_say_nothing_of_a_file(int status, String body) {
        answers(status, body);

        assertThat(messages.fetchMedia(at, "3EB0", FILE_MOST)).isInstanceOf(Fetched.TryLater.class);
    }

    @Test
    void no_more_is_read_than_a_file_of_the_wanted_size_takes() {
        String file = Base64.getEncoder().encodeToString(new byte[FILE_MOST]);
        answers(201, "{\"mediaType\":\"imageMessage\",\"base64\":\"%s\"}".formatted(file));

        assertThat(messages.fetchMedia(at, "3EB0", FILE_MOST)).isInstanceOf(Fetched.Got.class);
        assertThat(messages.fetchMedia(at, "3EB0", FILE_MOST / 2)).isInstanceOf(Fetched.TooLarge.class);
    }

    @Test
    void a_video_as_large_as_whatsapp_takes_it_comes_whole() {
        byte[] video = new byte[16 * 1024 * 1024];
        new Random(7).nextBytes(video);
        String file = Base64.getEncoder().encodeToString(video);
        answers(201, "{\"mediaType\":\"videoMessage\",\"mimetype\":\"video/mp4\",\"base64\":\"%s\"}".formatted(file));

        assertThat(messages.fetchMedia(at, "3EB0", video.length))
                .isInstanceOfSatisfying(
                        Fetched.Got.class,
                        got -> assertThat(got.file().content().getBytes()).isEqualTo(video));
    }

    @Test
    void a_send_is_made_once_whatever_comes_of_it() {
        answers(502, "");

        send();

        assertThat(calls).hasValue(1);
    }

    private SendResult send() {
        return messages.sendText(at, "5511999990000", "Oi");
    }

    private void limits(String path) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "75");
            exchange.sendResponseHeaders(429, -1);
            exchange.close();
        });
    }

    private void answers(int status, String body) {
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            answer(exchange, status, body);
        });
    }

    private void answersOnceThenHangs(String body) {
        server.createContext("/", exchange -> {
            if (calls.incrementAndGet() > 1) {
                hangUntilTheEnd();
            }
            answer(exchange, 200, body);
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void hangUntilTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server of a test. */
    record At(int port) implements EvolutionConfig {

        @Override
        public URI url() {
            return URI.create("http://localhost:" + port);
        }

        @Override
        public String apiKey() {
            return "a-key";
        }

        @Override
        public Duration callTimeout() {
            return LONG;
        }

        @Override
        public Duration instanceTimeout() {
            return Duration.ofSeconds(5);
        }
    }
}
