package io.centurions.platform.jobs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What operators see of jobs: how long runs take, how many failed, and when each last went well on this replica. */
@ApplicationScoped
class JobMeters {

    private final MeterRegistry meters;
    private final Map<String, AtomicLong> lastSuccess = new ConcurrentHashMap<>();

    JobMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    Run began(String job) {
        return new Run(job, System.nanoTime());
    }

    void failed(String job) {
        meters.counter("job_failures_total", "job", job).increment();
    }

    /** A run under way; closing it counts its time. */
    final class Run implements AutoCloseable {

        private final String job;
        private final long began;

        private Run(String job, long began) {
            this.job = job;
            this.began = began;
        }

        void succeeded() {
            lastSuccess
                    .computeIfAbsent(
                            job, name -> meters.gauge("job_last_success", Tags.of("job", name), new AtomicLong()))
                    .set(System.currentTimeMillis() / 1000);
        }

        @Override
        public void close() {
            meters.timer("job_run_seconds", "job", job).record(Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
