package io.centurions.platform.jobs;

import io.centurions.platform.tenancy.Database;
import java.time.Duration;

/**
 * Bubbles that nobody delivers. The loops claim from the same rows, so one that is overdue says that they cannot keep up or have
 * stopped: it is reported, and the loop is woken.
 */
public final class OverdueBubbles implements OwnedJob {

    private static final String OVERDUE = "SELECT core.count_overdue_deliveries_v1($1, $2::text::interval) AS found";

    private final Delivering ours;
    private final Duration every;
    private final Duration age;
    private final Database database;
    private final Sweeper sweeper;

    /** @param age from which a bubble counts; longer than the pause between two */
    public OverdueBubbles(Delivering ours, Duration every, Duration age, Database database, Sweeper sweeper) {
        this.ours = ours;
        this.every = every;
        this.age = age;
        this.database = database;
        this.sweeper = sweeper;
    }

    @Override
    public String name() {
        return "sweep-bubbles";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run(Lease lease) {
        long overdue = database.call(OVERDUE, ours.asParameter(), age.toString())
                .getFirst()
                .getLong("found");
        sweeper.found("overdue-bubbles", (int) overdue);
        if (overdue > 0) {
            ours.wake().run();
        }
    }
}
