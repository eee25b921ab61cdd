package io.centurions.platform.outbox;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Publishes what the outbox holds: lease rows (commit), XADD pipelined, mark (commit). No lock is held across Redis, so
 * a relay that dies costs a repeat after the lease, never a loss. Woken in process by each commit and by a poll, which
 * also sweeps what a dead relay left. Several replicas drain side by side.
 */
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final int BATCH = 200;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration REDIS_PATIENCE = Duration.ofSeconds(3);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final Database database;
    private final ReactiveStreamCommands<String, String, String> streams;
    private final Counter published;
    private final String producer;
    private final String lease;
    private final String mark;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean running;
    private Thread loop;

    Relay(
            Database database,
            ReactiveRedisDataSource redis,
            MeterRegistry metrics,
            @ConfigProperty(name = "centurions.service") String suffix,
            @ConfigProperty(name = "quarkus.application.name") String producer) {
        this.database = database;
        this.streams = redis.stream(String.class);
        this.published = metrics.counter("outbox_published_total");
        this.producer = producer;
        this.lease = "SELECT * FROM core.lease_outbox_" + suffix + "_v1($1, $2::text::interval)";
        this.mark = "SELECT core.mark_outbox_" + suffix + "_v1($1, $2)";
    }

    /** Says that something was committed; returns at once. */
    public void wake() {
        work.release();
    }

    void start(@Observes StartupEvent started) {
        running = true;
        loop = Thread.ofVirtual().name("outbox-relay").start(this::drainUntilStopped);
    }

    // Late: what the last transactions of the other loops committed is still published.
    void stop(@Observes @Priority(3000) ShutdownEvent stopping) throws InterruptedException {
        running = false;
        wake();
        if (loop != null) {
            loop.join(Duration.ofSeconds(5));
            publishLast();
        }
    }

    private void publishLast() {
        try {
            publishBatch();
        } catch (RuntimeException e) {
            LOG.infof("the last events wait for another relay: %s", e.getMessage());
        }
    }

    private void drainUntilStopped() {
        Duration wait = POLL;
        while (running) {
            try {
                boolean more = publishBatch() == BATCH;
                wait = more ? Duration.ZERO : POLL;
            } catch (DatabaseUnavailable | RedisUnavailable e) {
                wait = longer(wait);
                LOG.warnf("outbox waits %d ms: %s", wait.toMillis(), e.getMessage());
            } catch (RuntimeException | Error e) {
                // Whatever it is, a relay that ends silently would be worse than one that tries again.
                wait = longer(wait);
                LOG.errorf(e, "outbox relay failed, waits %d ms; runbook outbox-relay", wait.toMillis());
            }
            pause(wait);
        }
    }

    private int publishBatch() {
        List<Row> rows = database.call(lease, BATCH, LEASE.toString());
        if (rows.isEmpty()) {
            return 0;
        }
        List<Row> taken = Uni.join()
                .all(rows.stream().map(this::add).toList())
                .andFailFast()
                .await()
                .atMost(REDIS_PATIENCE.plusSeconds(1))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        mark(taken);
        if (taken.size() < rows.size()) {
            // Away, full (noeviction) or slow alike: the rows come again when their lease has run out.
            throw new RedisUnavailable("Redis did not take " + (rows.size() - taken.size()) + " events");
        }
        return rows.size();
    }

    private void mark(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        UUID[] companies = rows.stream().map(row -> row.getUUID("company_id")).toArray(UUID[]::new);
        UUID[] ids = rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
        database.call(mark, companies, ids);
        published.increment(rows.size());
    }

    // Each row by itself: one that cannot be published must not hold back the others of its batch.
    private Uni<Optional<Row>> add(Row row) {
        Map<String, String> entry;
        try {
            entry = StreamEntry.of(row, producer);
        } catch (RuntimeException e) {
            LOG.errorf(e, "outbox row %s cannot be published; runbook outbox-relay", row.getUUID("id"));
            return Uni.createFrom().item(Optional.empty());
        }
        return streams.xadd(StreamEntry.key(row), entry)
                .ifNoItem()
                .after(REDIS_PATIENCE)
                .fail()
                .map(id -> Optional.of(row))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private void pause(Duration wait) {
        try {
            if (work.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private static Duration longer(Duration wait) {
        Duration doubled = wait.isZero() ? POLL : wait.multipliedBy(2);
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    private static final class RedisUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RedisUnavailable(String message) {
            super(message);
        }
    }
}
