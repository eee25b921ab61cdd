package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.centurions.platform.outbox.StreamWriter.Fate;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.testkit.HeardLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Row;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final int BATCHES = 5;

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicInteger leased = new AtomicInteger();
    private final AtomicInteger marking = new AtomicInteger();
    private final AtomicInteger marked = new AtomicInteger();
    private CountDownLatch hangs = new CountDownLatch(0);

    @AfterEach
    void goOn() {
        hangs.countDown();
        ShutdownDeadline.forget();
    }

    @Test
    void what_was_published_is_marked_also_when_there_is_no_thread_to_do_so_beside() throws InterruptedException {
        Relay relay = new Relay(rows(), writes(), life(), metrics) {
            @Override
            void begin(Runnable mark) {
                throw new OutOfMemoryError("unable to create native thread, told so by the test");
            }
        };

        relay.start(null);

        await().untilAsserted(() -> assertThat(marked).hasValue(BATCHES));
        relay.stop(null);
    }

    @Test
    void marks_that_hang_are_not_waited_for_after_the_deadline() throws InterruptedException {
        hangs = new CountDownLatch(1);
        Relay relay = new Relay(rows(), writes(), life(), metrics);
        relay.start(null);
        await().untilAsserted(() -> assertThat(marking).hasPositiveValue());

        ShutdownDeadline.begin(Duration.ZERO);

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> relay.stop(null));
        assertThat(marked).hasValue(0);
    }

    @Test
    void a_stream_that_refuses_its_rows_is_told_of_once_a_minute() throws InterruptedException {
        assertThat(toldOf(new Fate.Refused("WRONGTYPE")).errors()).hasSize(1);
    }

    @Test
    void a_redis_that_is_full_or_away_is_told_of_when_the_pause_begins_and_not_with_each_probe()
            throws InterruptedException {
        HeardLog full = toldOf(new Fate.Full());
        leased.set(0);
        HeardLog away = toldOf(new Fate.Away("no answer"));

        assertThat(full.errors()).singleElement().asString().contains("Redis is full");
        assertThat(full.lines()).hasSize(1);
        assertThat(away.errors()).isEmpty();
        assertThat(away.lines()).singleElement().asString().contains("Redis is away: no answer");
    }

    private HeardLog toldOf(Fate fate) throws InterruptedException {
        try (HeardLog log = HeardLog.of(Relay.class)) {
            Relay relay = new Relay(rows(), answers(fate), life(), metrics);
            relay.start(null);
            await().untilAsserted(() -> assertThat(leased).hasValueGreaterThan(BATCHES));
            relay.stop(null);
            return log;
        }
    }

    /** One row in each batch; nothing is asked of it. */
    private OutboxRows rows() {
        Row row = (Row) Proxy.newProxyInstance(
                Row.class.getClassLoader(), new Class<?>[] {Row.class}, (proxy, method, arguments) -> null);
        return new OutboxRows(null, "backoffice") {
            @Override
            List<Row> lease(int limit, Duration lease) {
                return leased.getAndIncrement() < BATCHES ? List.of(row) : List.of();
            }

            @Override
            void release(List<Row> rows) {
                // They are leased again.
            }

            @Override
            void mark(List<Row> rows, List<String> entries, UUID life) {
                marking.incrementAndGet();
                pass(hangs);
                marked.addAndGet(rows.size());
            }
        };
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StreamWriter writes() {
        return answers(new Fate.Written("1-0"));
    }

    private static StreamWriter answers(Fate fate) {
        return new StreamWriter(null, "backoffice-api") {
            @Override
            List<Fate> write(List<Row> rows) {
                return rows.stream().map(row -> fate).toList();
            }

            @Override
            boolean hasRoom() {
                return fate instanceof Fate.Written;
            }
        };
    }

    private LifeWatch life() {
        UUID life = UUID.randomUUID();
        return new LifeWatch(null, null, metrics) {
            @Override
            UUID current() {
                return life;
            }

            @Override
            void watch(Runnable wake) {
                wake.run();
            }

            @Override
            boolean stopped(Duration wait) {
                return false;
            }
        };
    }
}
