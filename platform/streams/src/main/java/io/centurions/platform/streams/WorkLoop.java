package io.centurions.platform.streams;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Reads this service's streams and hands each entry to its consumer. One loop a process, on one connection. Survives Redis:
 * groups that are gone are made again at 0, and what comes twice is recognised by its consumers.
 */
@ApplicationScoped
class WorkLoop {

    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final WorkGroup group;
    private final Consumers consumers;
    private final Handling handling;
    private final DeadConsumers dead;
    private final FinishedMarks marks;
    private volatile boolean running;
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
        running = true;
        handling.start();
        loop = Thread.ofVirtual().name("work-loop").start(this::readUntilStopped);
        dead.start();
        marks.start();
    }

    // Early: no new work is taken while the rest shuts down; what is in hand is finished or handed over.
    void stop(@Observes @Priority(10) ShutdownEvent stopping) throws InterruptedException {
        if (loop == null) {
            return;
        }
        running = false;
        dead.stop();
        loop.join(Duration.ofSeconds(6));
        handling.finish(Duration.ofSeconds(10));
        marks.stop();
        leave();
    }

    private void readUntilStopped() {
        List<String> keys = consumers.keys();
        boolean created = false;
        Duration wait = Duration.ZERO;
        while (running) {
            try {
                Thread.sleep(wait);
                if (!created) {
                    group.create(keys);
                    created = true;
                }
                group.read(keys).forEach(handling::submit);
                wait = Duration.ZERO;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // Redis is away, was emptied (the groups are gone) or is slow; all end in looking at the groups again.
                created = false;
                wait = longer(wait);
                LOG.warnf("streams wait %d ms: %s", wait.toMillis(), e.toString());
            }
        }
    }

    private void leave() {
        try {
            consumers.keys().forEach(group::leave);
        } catch (RuntimeException e) {
            LOG.infof("our name stays in the groups until another replica removes it: %s", e.toString());
        }
    }

    private static Duration longer(Duration wait) {
        Duration doubled = wait.isZero() ? FIRST_WAIT : wait.multipliedBy(2);
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }
}
