package io.centurions.platform.streams;

import io.centurions.platform.tenancy.ShutdownDeadline;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reads this service's streams and hands each entry to its consumer. One loop a process, on one connection. Survives Redis:
 * groups that are gone are made again at 0, at the latest in the next life, and what comes twice is recognised by its consumers.
 */
@ApplicationScoped
class WorkLoop {

    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    // A read blocks for a second.
    private static final Duration FOR_READING = Duration.ofMillis(1500);
    private static final Duration FOR_HANDLING = Duration.ofSeconds(3);
    private static final Duration FOR_LEAVING = Duration.ofMillis(1500);

    private final WorkGroup group;
    private final Consumers consumers;
    private final Handling handling;
    private final DeadConsumers dead;
    private final FinishedMarks marks;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private List<String> leftOut = List.of();
    private Thread loop;

    WorkLoop(WorkGroup group, Consumers consumers, Handling handling, DeadConsumers dead, FinishedMarks marks) {
        this.group = group;
        this.consumers = consumers;
        this.handling = handling;
        this.dead = dead;
        this.marks = marks;
    }

    void start(@Observes StartupEvent started) {
        if (consumers.none()) {
            return;
        }
        handling.start();
        loop = Thread.ofVirtual().name("work-loop").start(this::readUntilStopped);
        dead.start();
        marks.start();
    }

    // With all other loops, before any of them waits for what runs: no new work is taken while the rest shuts down.
    void close(@Observes @Priority(8) ShutdownEvent stopping) {
        stopped.countDown();
        dead.close();
    }

    // What is in hand is finished or handed over. A reader or a claim that Redis holds up longer hands over
    // itself what it still brings; and a Redis that is away must not keep the others from stopping.
    void stop(@Observes @Priority(16) ShutdownEvent stopping) throws InterruptedException {
        if (loop == null) {
            return;
        }
        long until = System.nanoTime() + FOR_READING.toNanos();
        loop.join(ShutdownDeadline.atMost(FOR_READING));
        dead.join(Duration.ofNanos(until - System.nanoTime()));
        handling.finish(FOR_HANDLING);
        marks.stop();
        Thread.ofVirtual().name("work-leave").start(this::leave).join(ShutdownDeadline.atMost(FOR_LEAVING));
    }

    private void readUntilStopped() {
        List<String> readable = List.of();
        long lookedAt = 0;
        Duration wait = Duration.ZERO;
        while (stopped.getCount() > 0) {
            try {
                if (stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (readable.isEmpty() || !leftOut.isEmpty() && System.nanoTime() - lookedAt > LOOK_AGAIN.toNanos()) {
                    readable = readable();
                    lookedAt = System.nanoTime();
                }
                if (readable.isEmpty()) {
                    // Redis refuses to read no stream at all.
                    wait = LOOK_AGAIN;
                } else {
                    group.read(readable).forEach(handling::submit);
                    wait = Duration.ZERO;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // Redis is away, was emptied (the groups are gone) or is slow; all end in looking at the groups again.
                readable = List.of();
                wait = longer(wait);
                LOG.warnf("streams wait %d ms: %s", wait.toMillis(), e.toString());
            }
        }
    }

    private List<String> readable() {
        List<String> readable = group.create(consumers.keys());
        List<String> others =
                consumers.keys().stream().filter(key -> !readable.contains(key)).toList();
        if (!others.isEmpty() && !others.equals(leftOut)) {
            LOG.warnf("no streams, or lost ones, and not read: %s; runbook outbox-relay", String.join(", ", others));
        }
        leftOut = others;
        return readable;
    }

    private void leave() {
        try {
            handling.handOver();
            consumers.keys().forEach(group::leave);
        } catch (RuntimeException e) {
            LOG.infof("what waited here, and our name, are left to another replica: %s", e.toString());
        }
    }

    private static Duration longer(Duration wait) {
        Duration doubled = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }
}
