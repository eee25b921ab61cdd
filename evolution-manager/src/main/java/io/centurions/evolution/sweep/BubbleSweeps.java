package io.centurions.evolution.sweep;

import io.centurions.evolution.delivery.DeliverReplies;
import io.centurions.platform.jobs.Delivering;
import io.centurions.platform.jobs.OverdueBubbles;
import io.centurions.platform.jobs.RestingBubbles;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The sweeps over bubbles, of WhatsApp. */
@ApplicationScoped
class BubbleSweeps {

    private final Delivering ours;
    private final Database database;
    private final SweepConfig config;

    BubbleSweeps(DeliverReplies delivery, Database database, SweepConfig config) {
        this.ours = new Delivering(List.of("whatsapp"), delivery::wake);
        this.database = database;
        this.config = config;
    }

    @Produces
    @Singleton
    OverdueBubbles overdue(Sweeper sweeper) {
        return new OverdueBubbles(ours, config.every(), config.overdue(), database, sweeper);
    }

    @Produces
    @Singleton
    RestingBubbles resting(MeterRegistry meters) {
        return new RestingBubbles(ours, config.every(), database, meters, Clock.systemUTC());
    }
}
