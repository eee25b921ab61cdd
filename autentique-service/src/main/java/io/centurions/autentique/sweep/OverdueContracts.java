package io.centurions.autentique.sweep;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Contracts that somebody should have looked at by now. The signing loop claims from the same rows, so one that is overdue says
 * that it cannot keep up or has stopped.
 */
@ApplicationScoped
class OverdueContracts implements OwnedJob {

    private static final Duration AGE = Duration.ofSeconds(60);
    private static final String OVERDUE = "SELECT core.count_overdue_contracts_v1($1::text::interval) AS found";

    private final Database database;
    private final Sweeper sweeper;

    OverdueContracts(Database database, Sweeper sweeper) {
        this.database = database;
        this.sweeper = sweeper;
    }

    @Override
    public String name() {
        return "sweep-contracts";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(20);
    }

    @Override
    public void run(Lease lease) {
        long overdue = database.call(OVERDUE, AGE.toString()).getFirst().getLong("found");
        sweeper.found("overdue-contracts", (int) overdue);
    }
}
