package io.centurions.platform.jobs;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Takes this replica's part in the jobs of its service, from start to stop. */
@ApplicationScoped
class RunJobs {

    private final JobsConfig config;
    private final JobLoop loop;

    RunJobs(@All List<OwnedJob> jobs, LeaseRows rows, JobsConfig config, JobMeters meters) {
        this.config = config;
        this.loop = new JobLoop(jobs, rows, config, meters);
    }

    void start(@Observes StartupEvent started) {
        if (config.run()) {
            loop.start();
        }
    }

    // First of those that wait: another replica goes on at once, while we are still finishing other things.
    void stop(@Observes @Priority(15) ShutdownEvent stopping) throws InterruptedException {
        if (config.run()) {
            loop.stop();
        }
    }
}
