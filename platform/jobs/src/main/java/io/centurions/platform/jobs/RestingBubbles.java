package io.centurions.platform.jobs;

import io.centurions.platform.tenancy.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bubbles that rest because a send was turned away, which no claim and no other sweep looks at. Operators see by channel how many they
 * are and how long ago the oldest was planned; a replica that does not have this job shows none. What rests at an instance that works
 * again is due soon; at one that was deleted meanwhile it is left to delivery, which ends it.
 */
public final class RestingBubbles implements OwnedJob {

    private static final String OF_DELETED = "SELECT core.rouse_bubbles_of_deleted_v1($1) AS roused";
    private static final String OF_MENDED = "SELECT roused FROM core.rouse_bubbles_of_mended_v1($1, $2)";
    private static final String RESTING = """
            SELECT channel, resting, extract(epoch FROM clock_timestamp() - oldest_at)::float8 AS oldest_seconds
              FROM core.resting_bubbles_v1($1)
            """;
    private static final Resting NONE = new Resting(0, 0);

    private final Delivering ours;
    private final Duration every;
    private final Database database;
    private final InstantSource clock;
    private volatile Seen seen = new Seen(Instant.MIN, Map.of());

    /** @param meters shows them; it does not keep this object alive */
    public RestingBubbles(
            Delivering ours, Duration every, Database database, MeterRegistry meters, InstantSource clock) {
        this.ours = ours;
        this.every = every;
        this.database = database;
        this.clock = clock;
        for (String channel : ours.channels()) {
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

    private record Seen(Instant at, Map<String, Resting> byChannel) {}

    @Override
    public String name() {
        return "sweep-resting";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public void run(Lease lease) {
        // Before anything is roused: when that fails again and again, operators must see what rests.
        measure();
        if (roused(OF_DELETED, ours.asParameter()) > 0) {
            ours.wake().run();
        }
        Batches.untilNothingIsLeft(lease, () -> roused(OF_MENDED, ours.asParameter(), Batches.ROWS));
    }

    private void measure() {
        seen = new Seen(
                clock.instant(),
                database.call(RESTING, ours.asParameter()).stream()
                        .collect(Collectors.toMap(
                                row -> row.getString("channel"),
                                row -> new Resting(row.getLong("resting"), row.getDouble("oldest_seconds")))));
    }

    private int roused(String sql, Object... parameters) {
        return database.call(sql, parameters).getFirst().getInteger("roused");
    }

    // Two replicas may not show the same bubbles for long: who has not looked of late has lost the job.
    private Resting shown(String channel) {
        boolean haveTheJob = clock.instant().isBefore(seen.at().plus(every.multipliedBy(3)));
        return haveTheJob ? seen.byChannel().getOrDefault(channel, NONE) : NONE;
    }
}
