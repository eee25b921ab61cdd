package io.centurions.platform.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Who runs the jobs of a service, and how soon another takes over. */
@ConfigMapping(prefix = "centurions.jobs")
interface JobsConfig {

    /** False: this replica never runs a job; the others do. */
    @WithDefault("true")
    boolean run();

    /** How long the jobs of a replica that died stay without an owner, at most with one {@link #beat()} on top. */
    @WithDefault("15s")
    Duration lease();

    /** How often leases are renewed, or asked for. Three fit into a lease, so that one lost answer costs nothing. */
    @WithDefault("5s")
    Duration beat();

    /** How long a stopping replica waits for a run to notice. */
    @WithDefault("3s")
    Duration grace();
}
