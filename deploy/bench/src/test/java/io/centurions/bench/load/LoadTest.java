package io.centurions.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.centurions.bench.figure.Schedule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private static final byte[] REQUEST =
            "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private volatile int failsEvery = Integer.MAX_VALUE;
    private volatile Duration stall = Duration.ZERO;

    @BeforeEach
    void a_server_answers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/x", exchange -> {
            exchange.getRequestBody().readAllBytes();
            int n = asked.incrementAndGet();
            if (n == 1) {
                LockSupport.parkNanos(stall.toNanos());
            }
            exchange.sendResponseHeaders(n % failsEvery == 0 ? 503 : 200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void it_ends() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Load load(int connections) {
        return new Load(server.getAddress().getPort(), connections, n -> REQUEST);
    }

    @Test
    void a_closed_loop_sends_exactly_what_was_asked_for() {
        Loaded loaded = load(4).closed(100);

        assertThat(loaded.done()).isEqualTo(100);
        assertThat(asked).hasValue(100);
        assertThat(loaded.failed()).isZero();
    }

    @Test
    void an_answer_other_than_200_is_counted_apart() {
        failsEvery = 10;

        Loaded loaded = load(4).closed(100);

        assertThat(loaded.done()).isEqualTo(90);
        assertThat(loaded.others()).isEqualTo(Map.of(503, 10L));
    }

    @Test
    void what_was_not_answered_200_is_missing_from_the_latencies_not_left_out() {
        failsEvery = 10;

        Loaded loaded = load(4).closed(100);

        assertThat(loaded.failed()).isEqualTo(10);
        assertThat(loaded.latencies().millis(90)).isFinite();
        assertThat(loaded.latencies().millis(91)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void an_open_loop_charges_a_stall_to_all_that_had_to_wait_for_it() {
        stall = Duration.ofMillis(300);

        Loaded loaded = load(1).open(new Schedule(System.nanoTime(), 100, 20));

        assertThat(loaded.done()).isEqualTo(20);
        // The tenth was due after 90 ms and could only leave after the stall of 300.
        assertThat(loaded.latencies().millis(50)).isGreaterThan(150);
    }

    @Test
    void what_goes_before_the_counting_is_sent_and_leaves_no_latency() {
        stall = Duration.ofSeconds(1);

        Loaded loaded = load(1).open(new Schedule(System.nanoTime(), 100, 160), 150);

        assertThat(asked).hasValue(160);
        assertThat(loaded.uncounted()).isEqualTo(150);
        assertThat(loaded.done()).isEqualTo(10);
        assertThat(loaded.latencies().most()).isLessThan(900);
    }

    @Test
    void a_server_that_is_gone_is_a_broken_connection_not_an_exception() {
        server.stop(0);

        Loaded loaded = load(2).closed(4);

        assertThat(loaded.others()).isEqualTo(Map.of(0, 4L));
    }
}
