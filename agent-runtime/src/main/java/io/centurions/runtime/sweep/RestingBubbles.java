package io.centurions.runtime.sweep;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.tenancy.Database;
import io.centurions.runtime.reply.PlannedReplies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bubbles on our own channels that rest because a send was turned away, which no claim and no other sweep looks at. Operators see
 * by channel how many they are and how long ago the oldest was planned; a replica that does not have this job shows none. What
 * rests at an instance that was deleted meanwhile is left to delivery, which ends it. Its twin is evolution-manager's.
 */
@ApplicationScoped
class RestingBubbles implements OwnedJob {

    private static final String[] CHANNELS = {"instagram", "telegram"};
    private static final String ROUSE = "SELECT core.rouse_bubbles_of_deleted_v1($1) AS roused";
    private static final String RESTING = """
            SELECT channel, resting, extract(epoch FROM clock_timestamp() - oldest_at)::float8 AS oldest_seconds
              FROM core.resting_bubbles_v1($1)
            """;
    private static final Resting NONE = new Resting(0, 0);

    private final Database database;
    private final PlannedReplies delivery;
    private final SweepConfig config;
    private volatile Seen seen = new Seen(System.nanoTime(), Map.of());

    RestingBubbles(Database database, PlannedReplies delivery, SweepConfig config, MeterRegistry meters) {
        this.database = database;
        this.delivery = delivery;
        this.config = config;
        for (String channel : CHANNELS) {
            Tags tags = Tags.of("channel", channel);
            meters.gauge(
                    "bubbles_resting", tags, this, all -> all.shown(channel).bubbles());
            meters.gauge(
                    "bubbles_resting_oldest_seconds",
                    tags,
                    this,
                    all -> all.shown(channel).oldestSeconds());
        }
    }

    private record Resting(long bubbles, double oldestSeconds) {}

    private record Seen(long at, Map<String, Resting> byChannel) {}

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
            delivery.planned();
        }
        seen = new Seen(
                System.nanoTime(),
                database.call(RESTING, (Object) CHANNELS).stream()
                        .collect(Collectors.toMap(
                                row -> row.getString("channel"),
                                row -> new Resting(row.getLong("resting"), row.getDouble("oldest_seconds")))));
    }

    // Two replicas may not show the same bubbles for long: who has not looked of late has lost the job.
    private Resting shown(String channel) {
        boolean ours =
                System.nanoTime() - seen.at() < config.every().multipliedBy(3).toNanos();
        return ours ? seen.byChannel().getOrDefault(channel, NONE) : NONE;
    }
}
