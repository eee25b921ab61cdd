package io.centurions.platform.outbox;

import io.centurions.platform.outbox.StreamWriter.Fate;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Publishes what the outbox holds: lease rows (commit), XADD in one pipeline, mark (commit) while the next rows are leased.
 * No lock is held across Redis, so a relay that dies costs a repeat after the lease, never a loss. Woken in process by each
 * commit and by a poll, which also sweeps what a dead relay left. Several replicas drain side by side. While Redis is full
 * or away it pauses, and asks with a single row whether it can go on.
 */
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final int BATCH = 200;
    private static final int PROBE = 1;
    private static final int MARKS_AT_ONCE = 2;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    /** What nobody waits for goes out with what is committed until then. */
    private static final Duration SOON = Duration.ofMillis(25);

    private static final Duration TELL_EVERY = Duration.ofMinutes(1);
    private static final Duration FOR_THE_LAST = Duration.ofSeconds(5);
    private static final Duration FOR_MARKS = Duration.ofSeconds(3);

    private final OutboxRows rows;
    private final StreamWriter streams;
    private final LifeWatch lives;
    private final Counter published;
    private final Semaphore work = new Semaphore(0);
    private final Semaphore hurry = new Semaphore(0);
    private final Semaphore marking = new Semaphore(MARKS_AT_ONCE);
    private final Map<String, Instant> tellAgain = new HashMap<>();
    private volatile boolean running;
    private volatile boolean paused;
    private boolean pauseIsTold;
    private Thread loop;

    Relay(OutboxRows rows, StreamWriter streams, LifeWatch lives, MeterRegistry metrics) {
        this.rows = rows;
        this.streams = streams;
        this.lives = lives;
        this.published = metrics.counter("outbox_published_total");
        metrics.gauge("outbox_paused", this, relay -> relay.paused ? 1 : 0);
    }

    /** Says that something was committed; returns at once. */
    public void wake() {
        hurry.release();
        work.release();
    }

    /** {@link #wake} for what nobody waits for, as how a delivery stands: what is committed next may come along. */
    public void wakeSoon() {
        work.release();
    }

    void start(@Observes StartupEvent started) {
        running = true;
        lives.watch(this::wake);
        loop = Thread.ofVirtual().name("outbox-relay").start(this::drainUntilStopped);
    }

    // Late: what the last transactions of the other loops committed is still published.
    void stop(@Observes @Priority(3000) ShutdownEvent stopping) throws InterruptedException {
        running = false;
        wake();
        if (loop != null) {
            loop.join(ShutdownDeadline.atMost(FOR_THE_LAST));
            long left = ShutdownDeadline.atMost(FOR_MARKS).toNanos();
            if (!marking.tryAcquire(MARKS_AT_ONCE, left, TimeUnit.NANOSECONDS)) {
                LOG.info("some published events are not marked; another relay repeats them");
            }
        }
        lives.stop();
    }

    // With no pause, and in the same thread: what it waits for here is waited for once.
    private void publishLast() {
        try {
            while (publish(BATCH) == BATCH) {
                LOG.debug("the last events of a stopping process are more than a batch");
            }
        } catch (RuntimeException e) {
            LOG.infof("the last events wait for another relay: %s", e.getMessage());
        }
    }

    private void drainUntilStopped() {
        Duration wait = POLL;
        while (running) {
            try {
                int limit = paused ? PROBE : BATCH;
                int done = publish(limit);
                // Nothing to publish says nothing: another relay may have published what waited.
                if (paused && (done > 0 || streams.hasRoom())) {
                    resume();
                }
                wait = done == limit ? Duration.ZERO : POLL;
            } catch (RedisTrouble told) {
                wait = longer(wait);
            } catch (DatabaseUnavailable e) {
                wait = longer(wait);
                LOG.warnf("outbox waits %d ms: %s", wait.toMillis(), e.getMessage());
            } catch (RuntimeException | Error e) {
                // Whatever it is, a relay that ends silently would be worse than one that tries again.
                wait = longer(wait);
                LOG.errorf(e, "outbox relay failed, waits %d ms; runbook outbox-relay", wait.toMillis());
            }
            pause(wait);
        }
        publishLast();
    }

    /** One batch; returns how many rows it held. */
    private int publish(int limit) {
        // Read before the lease and the write: a life that ends meanwhile makes a repeat, never a gap.
        UUID life = lives.current();
        if (life == null) {
            return 0;
        }
        List<Row> leased = rows.lease(limit, LEASE);
        if (leased.isEmpty()) {
            return 0;
        }
        settle(leased, streams.write(leased), life);
        return leased.size();
    }

    private void settle(List<Row> leased, List<Fate> fates, UUID life) {
        List<Row> written = new ArrayList<>(leased.size());
        List<String> entries = new ArrayList<>(leased.size());
        List<Row> back = new ArrayList<>();
        Fate trouble = null;
        for (int index = 0; index < leased.size(); index++) {
            Row row = leased.get(index);
            switch (fates.get(index)) {
                case Fate.Written(String entry) -> {
                    written.add(row);
                    entries.add(entry);
                }
                case Fate.Unwritable(RuntimeException cause) -> giveUp(row, cause);
                // Its lease stays, so that it is asked again every few seconds and holds back nobody.
                case Fate.Refused(String reply) -> tellRefused(row, reply);
                case Fate.Full full -> {
                    back.add(row);
                    trouble = full;
                }
                case Fate.Away away -> {
                    back.add(row);
                    trouble = away;
                }
            }
        }
        markBeside(written, entries, life);
        rows.release(back);
        if (trouble != null) {
            throw paused(trouble);
        }
    }

    // A key that holds something else refuses every row of its stream, every few seconds.
    private void tellRefused(Row row, String reply) {
        String type = row.getString("type");
        if (mayTell(type)) {
            LOG.errorf(
                    "Redis refuses outbox row %s and perhaps more of %s: %s; runbook outbox-relay",
                    row.getUUID("id"), type, reply);
        }
    }

    private boolean mayTell(String what) {
        Instant now = Instant.now();
        boolean due = !now.isBefore(tellAgain.getOrDefault(what, now));
        if (due) {
            tellAgain.put(what, now.plus(TELL_EVERY));
        }
        return due;
    }

    private void giveUp(Row row, RuntimeException cause) {
        LOG.errorf(cause, "outbox row %s cannot be published; runbook outbox-relay", row.getUUID("id"));
        rows.refuse(List.of(row), cause.getClass().getSimpleName());
    }

    // Beside the next lease: consumers have the entries already, and an unmarked row is only repeated.
    private void markBeside(List<Row> written, List<String> entries, UUID life) {
        if (written.isEmpty()) {
            return;
        }
        marking.acquireUninterruptibly();
        try {
            begin(() -> mark(written, entries, life));
        } catch (RuntimeException | Error e) {
            mark(written, entries, life);
            LOG.warnf("%d published events were not marked beside the next lease: %s", written.size(), e.toString());
        }
    }

    /** On a thread of its own. */
    void begin(Runnable mark) {
        Thread.ofVirtual().name("outbox-mark").start(mark);
    }

    private void mark(List<Row> written, List<String> entries, UUID life) {
        try {
            rows.mark(written, entries, life);
            published.increment(written.size());
        } catch (RuntimeException e) {
            LOG.warnf("%d published events are not marked and will be repeated: %s", written.size(), e.toString());
        } finally {
            marking.release();
        }
    }

    // Told when it begins, and once a minute while it lasts or comes again: at the edge of full a pause follows the
    // other.
    private RedisTrouble paused(Fate trouble) {
        String what = trouble instanceof Fate.Away(String why) ? "Redis is away: " + why : "Redis is full";
        if (mayTell(trouble.getClass().getSimpleName())) {
            var level = pauseIsTold || trouble instanceof Fate.Away ? Logger.Level.WARN : Logger.Level.ERROR;
            LOG.logf(level, "%s: publication pauses, nothing is lost; runbook outbox-relay", what);
            pauseIsTold = true;
        }
        paused = true;
        return new RedisTrouble(what);
    }

    private void resume() {
        paused = false;
        if (pauseIsTold) {
            pauseIsTold = false;
            LOG.info("Redis takes events again, publication goes on");
        }
    }

    private void pause(Duration wait) {
        try {
            if (paused) {
                // Commits do not hurry a Redis that is full.
                work.drainPermits();
                lives.stopped(wait);
            } else if (!wait.isZero() && work.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                hurry.tryAcquire(SOON.toMillis(), TimeUnit.MILLISECONDS);
                hurry.drainPermits();
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

    private static final class RedisTrouble extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RedisTrouble(String message) {
            super(message);
        }
    }
}
