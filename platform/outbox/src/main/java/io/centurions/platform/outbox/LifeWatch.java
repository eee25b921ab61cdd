package io.centurions.platform.outbox;

import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.centurions.platform.loops.Closing;
import io.centurions.platform.loops.Rounds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Looks every second whether Redis is still in the life it was in. When it is not, its events are set free to be published
 * again from the lowest mark of each stream's groups; looked for once more every few seconds, because a relay that was held
 * up may mark late. Also measures what waits in the outbox, whether Redis answers or not.
 */
@ApplicationScoped
class LifeWatch {

    private static final Logger LOG = Logger.getLogger(LifeWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int SWEEP_EVERY = 10;
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(10);
    private static final int EXPECT_EVERY = 3_600;
    private static final int BATCH = 500;

    private final OutboxRows rows;
    private final RedisLife redis;
    private final Closing closing = new Closing();
    private final String groupsByType = EventJson.write(groups());
    private final Counter mended;
    private volatile UUID current;
    private volatile OutboxRows.Backlog backlog = new OutboxRows.Backlog(0, null, 0);
    private volatile int strange;
    private int looks;
    private Runnable wake = () -> {};

    LifeWatch(OutboxRows rows, RedisLife redis, MeterRegistry metrics) {
        this.rows = rows;
        this.redis = redis;
        metrics.gauge("outbox_unpublished", this, watch -> watch.backlog.unpublished());
        metrics.gauge("outbox_refused", this, watch -> watch.backlog.refused());
        metrics.gauge("outbox_oldest_seconds", this, LifeWatch::oldestSeconds);
        metrics.gauge("streams_overwritten", this, watch -> watch.strange);
        this.mended = metrics.counter("streams_mended_total");
    }

    /** The life of Redis; null until it has been seen once. */
    UUID current() {
        return current;
    }

    void watch(Runnable wake) {
        this.wake = wake;
        Rounds.begin("redis-life", closing, Duration.ZERO, this::look);
        // Beside the looks: a Redis that hangs holds them up, and just then what waits must be seen.
        Rounds.begin("outbox-backlog", closing, Duration.ZERO, this::measure);
    }

    void stop() {
        closing.begin();
    }

    /** Waits, unless we are stopped before. */
    boolean stopped(Duration wait) throws InterruptedException {
        return closing.beginsWithin(wait);
    }

    private Duration look() {
        UUID seen = life(redis.look());
        boolean sweep = looks++ % SWEEP_EVERY == 0;
        if (!seen.equals(current)) {
            // Who reads must be known before the first publication of a life, or nothing would hold back its cleaning.
            rows.expect(seen, groupsByType);
            if (current != null) {
                LOG.warn("Redis lost or may have lost events, they are published again; runbook redis-loss");
            }
            current = seen;
            wake.run();
            sweep = true;
        } else if (looks % EXPECT_EVERY == 0) {
            // Who was taken out of the registry goes silent with the last replica of the earlier release.
            rows.expect(seen, groupsByType);
        }
        if (sweep) {
            feedAgain(seen);
        }
        return EVERY;
    }

    private UUID life(RedisLife.Seen seen) {
        strange = seen.mended() ? 0 : seen.strange().size();
        if (seen.mended()) {
            mended.increment(seen.strange().size());
            LOG.errorf(
                    "%s held no stream, lost its groups, or had one set beyond its end: what was there is published again; runbook outbox-relay",
                    String.join(", ", seen.strange()));
        }
        return seen.id();
    }

    private Duration measure() {
        backlog = rows.backlog();
        return MEASURE_EVERY;
    }

    private void feedAgain(UUID life) {
        int total = 0;
        int freed;
        do {
            freed = rows.unpublish(life, BATCH);
            total += freed;
            if (freed > 0) {
                wake.run();
            }
        } while (freed == BATCH && !closing.hasBegun());
        if (total > 0) {
            LOG.warnf("%d events that an earlier life of Redis took are published again", total);
        }
    }

    private double oldestSeconds() {
        OffsetDateTime oldest = backlog.oldestAt();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, OffsetDateTime.now()).toMillis() / 1000.0);
    }

    private static Map<String, Set<String>> groups() {
        Map<String, Set<String>> groups = new TreeMap<>();
        for (EventTypes.Entry entry : EventTypes.all()) {
            Set<String> working = Groups.working(entry.type());
            if (!working.isEmpty()) {
                groups.put(entry.type(), working);
            }
        }
        return groups;
    }
}
