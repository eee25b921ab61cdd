package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.tenancy.ShutdownDeadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.MDC;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** What a loop tells of itself: in the log and in numbers. */
class ClaimLoopTellsTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

    @Test
    void a_piece_is_named_in_every_log_line_also_in_that_of_its_failure() {
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        Queue<String> within = new ConcurrentLinkedQueue<>();
        Handler handler = hearing(line -> logged.add(String.valueOf(((ExtLogRecord) line).getMdc("company_id"))));
        Logger logger = Logger.getLogger(ClaimLoop.class.getName());
        logger.addHandler(handler);
        try {
            waiting.add(7);
            var loop = new ClaimLoop<Integer>("test", 1, NEVER, this::claim, piece -> {
                        within.add(String.valueOf(MDC.get("company_id")));
                        throw new IllegalStateException("bad piece");
                    })
                    .naming(piece -> Map.of("company_id", "company-" + piece));
            loop.start();

            await().until(() -> logged.contains("company-7"));
            assertThat(within).containsExactly("company-7");
            loop.stop(Duration.ofSeconds(1));
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void a_piece_that_outlives_its_container_is_no_error() {
        var said = new ConcurrentLinkedQueue<LogRecord>();
        Handler handler = hearing(said::add);
        Logger logger = Logger.getLogger(ClaimLoop.class.getName());
        logger.addHandler(handler);
        try {
            waiting.add(7);
            var hold = new CountDownLatch(1);
            var loop = new ClaimLoop<Integer>("test", 1, NEVER, this::claim, piece -> {
                        done.add(piece);
                        awaitLatch(hold);
                        throw new IllegalStateException("the container is closed");
                    })
                    .failingTo("runbook delivery");
            loop.start();
            await().until(() -> !done.isEmpty());
            ShutdownDeadline.begin(Duration.ZERO);
            loop.stop(Duration.ofSeconds(1));

            hold.countDown();

            await().until(() -> said.stream().anyMatch(line -> line.getLevel().intValue() == Level.INFO.intValue()));
            assertThat(said).allMatch(line -> line.getLevel().intValue() < Level.SEVERE.intValue());
        } finally {
            ShutdownDeadline.forget();
            logger.removeHandler(handler);
        }
    }

    @Test
    void who_stops_before_the_end_says_how_many_pieces_run_and_that_a_claim_is_under_way() {
        var said = new ConcurrentLinkedQueue<LogRecord>();
        Handler handler = hearing(said::add);
        Logger logger = Logger.getLogger(ClaimLoop.class.getName());
        logger.addHandler(handler);
        var hold = new CountDownLatch(1);
        var silent = new CountDownLatch(1);
        try {
            waiting.add(7);
            var loop = new ClaimLoop<Integer>(
                    "test",
                    10,
                    NEVER,
                    most -> {
                        if (waiting.isEmpty()) {
                            silent.countDown();
                            awaitLatch(hold);
                        }
                        return claim(most);
                    },
                    piece -> awaitLatch(hold));
            loop.start();
            awaitLatch(silent);

            loop.stop(Duration.ZERO);

            assertThat(said)
                    .extracting(line -> new PatternFormatter("%s").format(line))
                    .containsExactly("test stops with 1 pieces still running and a claim under way; "
                            + "leases hand over what is claimed");
        } finally {
            hold.countDown();
            logger.removeHandler(handler);
        }
    }

    @Test
    void what_it_claims_runs_and_fails_is_counted() {
        var meters = new SimpleMeterRegistry();
        waiting.addAll(List.of(1, 2, 3));
        var hold = new CountDownLatch(1);
        var loop = new ClaimLoop<>("counted", 3, NEVER, this::claim, piece -> {
                    if (piece == 1) {
                        throw new IllegalStateException("bad piece");
                    }
                    awaitLatch(hold);
                    done.add(piece);
                })
                .metered(meters);

        loop.start();

        await().until(() ->
                meters.get("loop_failures_total").tag("what", "piece").counter().count() == 1);
        await().until(() -> meters.get("loop_claimed_total")
                        .tag("loop", "counted")
                        .counter()
                        .count()
                == 3);
        await().until(() ->
                meters.get("loop_running").tag("loop", "counted").gauge().value() == 2);
        assertThat(meters.get("loop_places").tag("loop", "counted").gauge().value())
                .isBetween(2.0, 3.0);
        assertThat(meters.get("loop_claim_seconds").timer().count()).isPositive();
        hold.countDown();
        loop.stop(Duration.ofSeconds(1));
        assertThat(meters.get("loop_running").tag("loop", "counted").gauge().value())
                .isZero();
    }

    private Claim<Integer> claim(int most) {
        return Claim.of(java.util.stream.Stream.generate(waiting::poll)
                .limit(most)
                .takeWhile(java.util.Objects::nonNull)
                .toList());
    }

    private static Handler hearing(Consumer<LogRecord> line) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                line.accept(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
