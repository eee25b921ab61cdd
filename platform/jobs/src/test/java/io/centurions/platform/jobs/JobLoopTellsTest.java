package io.centurions.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.testkit.HeardLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run that fails is in the log. */
class JobLoopTellsTest {

    private final HeardLog log = HeardLog.of(JobLoop.class);
    private final CountingJob failing = CountingJob.doing(lease -> {
        throw new IllegalStateException("the container is closed");
    });
    private final JobLoop loop = new JobLoop(
            List.of(failing),
            new Ours(),
            new QuickBeat(Duration.ofMinutes(5)),
            new JobMeters(new SimpleMeterRegistry()));

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
        ShutdownDeadline.forget();
        log.close();
    }

    @Test
    void a_run_that_fails_is_an_error() {
        loop.start();

        await().until(() -> !log.lines().isEmpty());
        assertThat(log.errors()).isEqualTo(log.lines());
    }

    @Test
    void a_run_that_outlives_its_container_is_no_error() {
        ShutdownDeadline.begin(Duration.ZERO);

        loop.start();

        await().until(() -> !log.lines().isEmpty());
        assertThat(log.errors()).isEmpty();
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
