package io.centurions.platform.jobs;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilentDatabaseTest {

    private final CountDownLatch silence = new CountDownLatch(1);

    @AfterEach
    void end() {
        silence.countDown();
    }

    @Test
    void a_stopping_process_does_not_wait_for_a_database_that_is_silent() {
        JobLoop replica = new JobLoop(
                List.of(CountingJob.doingNothing()), new Silent(), new QuickBeat(Duration.ofSeconds(1)), null);

        assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThatCode(replica::stop).doesNotThrowAnyException());
    }

    private final class Silent extends LeaseRows {

        Silent() {
            super(null, "none");
        }

        @Override
        void release(String holder, Collection<String> jobs) {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
