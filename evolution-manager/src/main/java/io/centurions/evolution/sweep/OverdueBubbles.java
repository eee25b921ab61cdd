package io.centurions.evolution.sweep;

import io.centurions.evolution.delivery.DeliverReplies;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Bubbles on WhatsApp that nobody delivers. The loops claim from the same rows, so one that is overdue says that they
 * cannot keep up or have stopped: it is reported, and the loop is woken.
 */
@ApplicationScoped
class OverdueBubbles implements OwnedJob {

    private static final String OVERDUE =
            "SELECT core.count_overdue_deliveries_v1(ARRAY['whatsapp'], $1::text::interval) AS found";

    private final Database database;
    private final Sweeper sweeper;
    private final DeliverReplies delivery;
    private final SweepConfig config;

    OverdueBubbles(Database database, Sweeper sweeper, DeliverReplies delivery, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.delivery = delivery;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-bubbles";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        long overdue =
                database.call(OVERDUE, config.overdue().toString()).getFirst().getLong("found");
        sweeper.found("overdue-bubbles", (int) overdue);
        if (overdue > 0) {
            delivery.wake();
        }
    }
}
