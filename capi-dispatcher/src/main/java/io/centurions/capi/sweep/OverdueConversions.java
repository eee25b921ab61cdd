package io.centurions.capi.sweep;

import io.centurions.capi.dispatch.DispatchLoop;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Conversions whose time has come and that nobody sends. The dispatch loop claims from the same rows, so one that is overdue says
 * that it cannot keep up or has stopped: it is reported, and the loop is woken.
 */
@ApplicationScoped
class OverdueConversions implements OwnedJob {

    private static final String OVERDUE = "SELECT core.count_overdue_conversions_v1($1::text::interval) AS found";

    private final Database database;
    private final Sweeper sweeper;
    private final DispatchLoop dispatch;
    private final SweepConfig config;

    OverdueConversions(Database database, Sweeper sweeper, DispatchLoop dispatch, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.dispatch = dispatch;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-conversions";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        long overdue =
                database.call(OVERDUE, config.age().toString()).getFirst().getLong("found");
        sweeper.found("overdue-conversions", (int) overdue);
        if (overdue > 0) {
            dispatch.wake();
        }
    }
}
