package io.centurions.runtime.sweep;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.centurions.runtime.closure.BurstDeadline;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Bursts that wait for nobody. One past its deadline, or past the lease of a dead worker, is claimed by the loop of every replica
 * within a poll: that one is overdue says that the loops cannot keep up or have stopped, so it is reported. One without a
 * deadline would wait for ever: it is made due. That is what happens to whoever writes to a company that is suspended and
 * later active again.
 */
@ApplicationScoped
class Bursts implements OwnedJob {

    private static final int AT_ONCE = 1000;
    private static final String OVERDUE = "SELECT core.count_overdue_turns_v1($1::text::interval) AS found";
    private static final String STRANDED = "SELECT core.make_stranded_bursts_due_v1($1, $2::text::interval) AS found";

    private final Database database;
    private final Sweeper sweeper;
    private final BurstDeadline deadlines;
    private final SweepConfig config;

    Bursts(Database database, Sweeper sweeper, BurstDeadline deadlines, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.deadlines = deadlines;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-bursts";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        long overdue =
                database.call(OVERDUE, config.overdue().toString()).getFirst().getLong("found");
        sweeper.found("overdue-bursts", (int) overdue);
        int stranded = database.call(STRANDED, AT_ONCE, config.age().toString())
                .getFirst()
                .getInteger("found");
        sweeper.found("stranded-bursts", stranded);
        if (overdue + stranded > 0) {
            deadlines.look();
        }
    }
}
