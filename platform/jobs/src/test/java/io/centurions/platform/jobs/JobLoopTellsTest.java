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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run that fails, and a beat, are in the log. */
class JobLoopTellsTest {

    private final HeardLog log = HeardLog.of(JobLoop.class);
    private JobLoop loop;

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
        ShutdownDeadline.forget();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_failure_is_an_error(boolean ofTheBeat) {
        begin(ofTheBeat);

        await().until(() -> !log.lines().isEmpty());
        assertThat(log.errors()).isEqualTo(log.lines());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_failure_of_what_outlives_its_container_is_no_error(boolean ofTheBeat) {
        ShutdownDeadline.begin(Duration.ZERO);

        begin(ofTheBeat);

        await().until(() -> !log.lines().isEmpty());
        assertThat(log.errors()).isEmpty();
    }

    private void begin(boolean beatFails) {
        loop = new JobLoop(
                List.of(CountingJob.doing(lease -> fail())),
                new Ours(beatFails),
                new QuickBeat(Duration.ofMinutes(5)),
                new JobMeters(new SimpleMeterRegistry()));
        loop.start();
    }

    private static void fail() {
        throw new IllegalStateException("the container is closed");
    }

    private static final class Ours extends LeaseRows {

        private final boolean fails;

        Ours(boolean fails) {
            super(null, "none");
            this.fails = fails;
        }

        @Override
        Set<String> takeOrRenew(String holder, Collection<String> jobs, Duration lease) {
            if (fails) {
                fail();
            }
            return Set.copyOf(jobs);
        }

        @Override
        void release(String holder, Collection<String> jobs) {
            // They end with the test.
        }
    }
}
