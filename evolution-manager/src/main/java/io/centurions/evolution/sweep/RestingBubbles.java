package io.centurions.evolution.sweep;

import io.centurions.evolution.delivery.DeliverReplies;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Bubbles on WhatsApp that rest because a send was turned away, which no claim and no other sweep looks at. What rests at an
 * instance that was deleted meanwhile is left to delivery, which ends it. Its twin is agent-runtime's.
 */
@ApplicationScoped
class RestingBubbles implements OwnedJob {

    private static final String[] CHANNELS = {"whatsapp"};
    private static final String ROUSE = "SELECT core.rouse_bubbles_of_deleted_v1($1) AS roused";

    private final Database database;
    private final DeliverReplies delivery;
    private final SweepConfig config;

    RestingBubbles(Database database, DeliverReplies delivery, SweepConfig config) {
        this.database = database;
        this.delivery = delivery;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-resting";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        if (database.call(ROUSE, (Object) CHANNELS).getFirst().getInteger("roused") > 0) {
            delivery.wake();
        }
    }
}
