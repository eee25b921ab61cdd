package io.centurions.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two replicas of a service in one process, on the real lease rows. */
@QuarkusTest
@WithPostgresAndRedis
class JobLoopIT {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Inject
    Database database;

    @Inject
    LeaseRows rows;

    @Inject
    JobMeters meters;

    @Inject
    MeterRegistry registry;

    private final List<JobLoop> replicas = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (JobLoop replica : replicas) {
            replica.stop();
        }
    }

    @Test
    void exactly_one_of_two_replicas_runs_a_job() {
        CountingJob here = CountingJob.doingNothing();
        CountingJob there = here.elsewhere();

        replica(here, LONG);
        replica(there, LONG);

        await().until(() -> here.runs.get() + there.runs.get() >= 5);
        assertThat(Math.min(here.runs.get(), there.runs.get())).isZero();
    }

    @Test
    void a_dead_owner_is_followed_when_its_lease_is_over_and_not_before() throws InterruptedException {
        CountingJob first = CountingJob.doingNothing();
        JobLoop owner = replica(first, LONG);
        await().until(() -> first.runs.get() > 0);
        CountingJob second = first.elsewhere();
        replica(second, LONG);

        owner.end();

        await().during(Duration.ofSeconds(1)).until(() -> second.runs.get() == 0);
        Admin.get()
                .execute(
                        "UPDATE core.leases_capi SET until = clock_timestamp() - interval '1 ms' WHERE name = ?",
                        first.name());
        await().until(() -> second.runs.get() > 0);
    }

    @Test
    void a_stopping_owner_hands_over_at_once() throws InterruptedException {
        CountingJob first = CountingJob.doingNothing();
        JobLoop owner = replica(first, LONG);
        await().until(() -> first.runs.get() > 0);
        CountingJob second = first.elsewhere();
        replica(second, LONG);

        owner.stop();
        int atTheStop = first.runs.get();

        await().until(() -> second.runs.get() > 0);
        assertThat(first.runs.get()).isEqualTo(atTheStop);
    }

    @Test
    void a_run_that_outlives_its_lease_notices_and_a_living_owner_keeps_it() {
        CountDownLatch noticed = new CountDownLatch(1);
        CountingJob job = CountingJob.doing(lease -> {
            while (lease.stillMine()) {
                LockSupport.parkNanos(1_000_000);
            }
            noticed.countDown();
        });
        replica(job, Duration.ofMillis(600));
        await().until(() -> job.runs.get() == 1);
        await().during(Duration.ofMillis(1500)).until(() -> noticed.getCount() == 1);

        // As after a long stop of the process: somebody else has it.
        Admin.get()
                .execute(
                        "UPDATE core.leases_capi SET holder = 'another', until = clock_timestamp() + interval '1 h' WHERE name = ?",
                        job.name());

        await().until(() -> noticed.getCount() == 0);
        assertThat(job.runs.get()).isEqualTo(1);
    }

    @Test
    void a_run_that_throws_is_counted_and_begun_again() {
        CountingJob job = CountingJob.doing(lease -> {
            throw new IllegalStateException("of the test");
        });

        replica(job, LONG);

        await().until(() -> job.runs.get() >= 2);
        assertThat(registry.counter("job_failures_total", "job", job.name()).count())
                .isPositive();
        assertThat(registry.find("job_last_success").tag("job", job.name()).gauge())
                .isNull();
    }

    @Test
    void a_run_that_went_well_is_timed_and_dated() {
        CountingJob job = CountingJob.doingNothing();

        replica(job, LONG);

        await().until(() ->
                registry.find("job_last_success").tag("job", job.name()).gauge() != null);
        assertThat(registry.get("job_last_success")
                        .tag("job", job.name())
                        .gauge()
                        .value())
                .isGreaterThan(1_700_000_000d);
        await().until(() -> registry.timer("job_run_seconds", "job", job.name()).count() > 0);
    }

    @Test
    void a_beat_that_fails_is_repeated_and_meanwhile_the_lease_runs_out() {
        AtomicBoolean away = new AtomicBoolean();
        LeaseRows shaky = new LeaseRows(database, "capi") {
            @Override
            Set<String> takeOrRenew(String holder, Collection<String> jobs, Duration lease) {
                if (away.get()) {
                    throw new IllegalStateException("of the test: no database");
                }
                return super.takeOrRenew(holder, jobs, lease);
            }
        };
        CountingJob job = CountingJob.doingNothing();
        JobLoop replica = new JobLoop(List.of(job), shaky, new QuickBeat(Duration.ofMillis(600)), meters);
        replicas.add(replica);
        replica.start();
        await().until(() -> job.runs.get() > 0);

        away.set(true);
        AtomicInteger seen = new AtomicInteger(-1);
        await().pollInterval(Duration.ofMillis(700)).until(() -> seen.getAndSet(job.runs.get()) == job.runs.get());
        away.set(false);

        await().until(() -> job.runs.get() > seen.get());
    }

    @Test
    void what_a_replica_does_not_want_it_takes_no_lease_of() {
        CountingJob unwanted = CountingJob.notWanted();
        CountingJob wanted = CountingJob.doingNothing();

        replica(List.of(unwanted, wanted), LONG);

        await().until(() -> wanted.runs.get() > 0);
        assertThat(Admin.get().count("SELECT count(*) FROM core.leases_capi WHERE name = ?", unwanted.name()))
                .isZero();
        assertThat(unwanted.runs.get()).isZero();
    }

    private JobLoop replica(CountingJob job, Duration lease) {
        return replica(List.of(job), lease);
    }

    private JobLoop replica(List<OwnedJob> jobs, Duration lease) {
        JobLoop replica = new JobLoop(jobs, rows, new QuickBeat(lease), meters);
        replicas.add(replica);
        replica.start();
        return replica;
    }
}
