package io.centurions.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.tenancy.ShutdownDeadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run that fails is in the log. */
class JobLoopTellsTest {

    private final Queue<LogRecord> said = new ConcurrentLinkedQueue<>();
    private final Logger logger = Logger.getLogger(JobLoop.class.getName());
    private final Handler hearing = hearing();
    private final CountingJob failing = CountingJob.doing(lease -> {
        throw new IllegalStateException("the container is closed");
    });
    private final JobLoop loop = new JobLoop(
            List.of(failing),
            new Ours(),
            new QuickBeat(Duration.ofMinutes(5)),
            new JobMeters(new SimpleMeterRegistry()));

    @BeforeEach
    void listen() {
        logger.addHandler(hearing);
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
        ShutdownDeadline.forget();
        logger.removeHandler(hearing);
    }

    @Test
    void a_run_that_fails_is_an_error() {
        loop.start();

        await().until(() -> !said.isEmpty());
        assertThat(said.peek().getLevel().intValue()).isEqualTo(Level.SEVERE.intValue());
    }

    @Test
    void a_run_that_outlives_its_container_is_no_error() {
        ShutdownDeadline.begin(Duration.ZERO);

        loop.start();

        await().until(() -> !said.isEmpty());
        assertThat(said.peek().getLevel().intValue()).isEqualTo(Level.INFO.intValue());
    }

    private Handler hearing() {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                said.add(record);
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private static final class Ours extends LeaseRows {

        Ours() {
            super(null, "none");
        }

        @Override
        Set<String> takeOrRenew(String holder, Collection<String> jobs, Duration lease) {
            return Set.copyOf(jobs);
        }

        @Override
        void release(String holder, Collection<String> jobs) {
            // They end with the test.
        }
    }
}
