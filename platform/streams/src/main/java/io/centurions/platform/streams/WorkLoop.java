package io.centurions.platform.streams;

import io.centurions.contracts.EventTypes;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Reads this service's streams and hands each entry to its consumer. One loop a process; entries whose consumer died are
 * claimed about every half minute. Survives Redis: groups that are gone are made again at 0, and what comes twice is
 * recognised by its consumers.
 */
@ApplicationScoped
class WorkLoop {

    private static final Logger LOG = Logger.getLogger(WorkLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final WorkGroup group;
    private final Handling handling;
    private final Duration claimEvery;
    private final Map<String, WorkConsumer<?>> byType = new TreeMap<>();
    private volatile boolean running;
    private boolean created;
    private Instant nextClaim = Instant.EPOCH;
    private Thread loop;

    WorkLoop(WorkGroup group, Handling handling, @All List<WorkConsumer<?>> consumers, StreamsConfig config) {
        this.claimEvery = config.claimEvery();
        this.group = group;
        this.handling = handling;
        for (WorkConsumer<?> consumer : consumers) {
            String type = EventTypes.typeOf(consumer.event());
            if (byType.putIfAbsent(type, consumer) != null) {
                throw new IllegalStateException("two consumers of " + type + " in " + group.name());
            }
        }
    }

    void start(@Observes StartupEvent started) {
        if (byType.isEmpty()) {
            return;
        }
        running = true;
        loop = Thread.ofVirtual().name("work-loop").start(this::readUntilStopped);
    }

    // Early: no new work is taken while the rest shuts down; what is in hand is finished.
    void stop(@Observes @Priority(10) ShutdownEvent stopping) throws InterruptedException {
        running = false;
        if (loop != null) {
            loop.join(Duration.ofSeconds(6));
            handling.finish(Duration.ofSeconds(10));
        }
    }

    private void readUntilStopped() {
        List<String> types = List.copyOf(byType.keySet());
        Duration wait = Duration.ZERO;
        while (running) {
            try {
                pause(wait);
                if (!created) {
                    group.create(types);
                    created = true;
                }
                group.read(types).forEach(this::submit);
                claimFromTheDead(types);
                wait = Duration.ZERO;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // Redis is away, was emptied (the groups are gone) or is slow; all end in looking at the groups again.
                created = false;
                wait = wait.isZero() ? Duration.ofMillis(200) : min(wait.multipliedBy(2), LONGEST_WAIT);
                LOG.warnf("streams wait %d ms: %s", wait.toMillis(), e.toString());
            }
        }
    }

    private void claimFromTheDead(List<String> types) {
        Instant now = Instant.now();
        if (now.isBefore(nextClaim)) {
            return;
        }
        nextClaim = now.plus(claimEvery);
        types.forEach(type -> group.claimFromTheDead(type).forEach(this::submit));
    }

    private void submit(WorkGroup.Entry entry) {
        handling.submit(entry, byType);
    }

    private static void pause(Duration wait) throws InterruptedException {
        if (!wait.isZero()) {
            Thread.sleep(wait);
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
