package io.centurions.platform.jobs;

import io.centurions.platform.loops.Closing;
import io.centurions.platform.loops.Leases;
import io.centurions.platform.loops.Rounds;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.tenancy.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * One replica's part in the jobs of its service. A beat renews the leases it has and asks for those that are free; each job has
 * a thread that runs it while its lease is ours.
 */
final class JobLoop {

    private static final Logger LOG = Logger.getLogger(JobLoop.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Map<String, OwnedJob> jobs = new LinkedHashMap<>();
    private final Map<String, Tenure> tenures = new LinkedHashMap<>();
    private final LeaseRows rows;
    private final JobsConfig config;
    private final JobMeters meters;
    private final String holder = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final Closing closing = new Closing();
    private final List<Rounds> rounds = new ArrayList<>();

    JobLoop(List<OwnedJob> found, LeaseRows rows, JobsConfig config, JobMeters meters) {
        for (OwnedJob job : found) {
            if (!job.wanted()) {
                continue;
            }
            if (jobs.put(job.name(), job) != null) {
                throw new IllegalStateException("two jobs are called " + job.name());
            }
            tenures.put(job.name(), new Tenure(closing));
        }
        this.rows = rows;
        this.config = config;
        this.meters = meters;
    }

    void start() {
        if (jobs.isEmpty()) {
            return;
        }
        rounds.add(Rounds.begin("jobs-beat", closing, Duration.ZERO, this::beat));
        jobs.forEach(
                (name, job) -> rounds.add(Rounds.begin("job-" + name, closing, jittered(LOOK), () -> runIfOurs(job))));
    }

    /** Begins nothing more, waits a little for what runs, and gives the leases back. */
    void stop() throws InterruptedException {
        end();
        Leases.giveBack("our jobs", () -> rows.release(holder, jobs.keySet()));
    }

    /** As {@link #stop}, but leaves the leases to their end, as a process that dies does. */
    void end() throws InterruptedException {
        closing.begin();
        long deadline = System.nanoTime() + config.grace().toNanos();
        for (Rounds each : rounds) {
            if (!each.join(Duration.ofNanos(deadline - System.nanoTime()))) {
                LOG.warnf("%s is still running while we stop; what it does bears being done twice", each.name());
            }
        }
    }

    private Duration beat() {
        // Before the row is written: our end of the lease comes no later than the row's.
        long until = System.nanoTime() + config.lease().toNanos();
        try {
            Set<String> ours = rows.takeOrRenew(holder, jobs.keySet(), config.lease());
            tenures.forEach((name, tenure) -> {
                if (ours.contains(name)) {
                    tenure.ours(until);
                } else {
                    tenure.notOurs();
                }
            });
        } catch (DatabaseUnavailable e) {
            LOG.warnf("jobs wait for the database: %s", e.getMessage());
        } catch (RuntimeException | Error e) {
            tellNoLeases(e);
        }
        return config.beat();
    }

    private static void tellNoLeases(Throwable failure) {
        if (ShutdownDeadline.isOver()) {
            LOG.infof("the beat of jobs outlived its container: %s", failure.toString());
        } else {
            LOG.error("the leases of jobs could not be had, tried again; runbook jobs", failure);
        }
    }

    private Duration runIfOurs(OwnedJob job) {
        Tenure tenure = tenures.get(job.name());
        if (!tenure.stillMine()) {
            return LOOK;
        }
        try (var run = meters.began(job.name())) {
            Trace.run(Trace.started(null), () -> job.run(tenure));
            run.succeeded();
        } catch (DatabaseUnavailable e) {
            LOG.warnf("job %s waits for the database: %s", job.name(), e.getMessage());
        } catch (RuntimeException | Error e) {
            tellFailed(job, e);
            meters.failed(job.name());
        }
        return jittered(job.every());
    }

    private static void tellFailed(OwnedJob job, Throwable failure) {
        if (ShutdownDeadline.isOver()) {
            LOG.infof("job %s outlived its container: %s", job.name(), failure.toString());
        } else {
            LOG.errorf(failure, "job %s failed and will be run again; runbook jobs", job.name());
        }
    }

    // Replicas that started together must not do everything together.
    private static Duration jittered(Duration wait) {
        return Duration.ofMillis(
                (long) (wait.toMillis() * ThreadLocalRandom.current().nextDouble(0.9, 1.1)));
    }
}
