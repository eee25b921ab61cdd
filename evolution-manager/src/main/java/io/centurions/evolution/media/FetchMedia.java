package io.centurions.evolution.media;

import io.centurions.platform.loops.Closing;
import io.centurions.platform.tenancy.Trace;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Fetches files in the background: at once where there is a place for their company ({@link MediaPlaces}) or soon is one,
 * otherwise when a sweep finds them without an end. PostgreSQL is the queue, so a crash loses nothing. Two replicas may fetch the
 * same file; only one of them ends it.
 */
@ApplicationScoped
public class FetchMedia {

    private static final Logger LOG = Logger.getLogger(FetchMedia.class);
    private static final Duration NEXT_LOOK = Duration.ofMillis(300);

    private final FetchFile file;
    private final MediaConfig config;
    private final MediaPlaces places;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final Closing stopping = new Closing();

    FetchMedia(FetchFile file, MediaConfig config) {
        this.file = file;
        this.config = config;
        this.places = new MediaPlaces(config.fetchedAtOnce());
    }

    /** Fetches the file of a message that was just stored. Returns at once; what does not succeed soon, the sweep will find. */
    public void soon(WantedFile wanted) {
        start(wanted, Instant.now());
    }

    /**
     * Fetches a file that was left behind, unless this replica is about to. Returns at once, so that no company's files keep a sweep
     * from another's; one that finds no place in time, or fails, is found again.
     *
     * @param since when its message was stored
     */
    public void leftBehind(WantedFile wanted, Instant since) {
        start(wanted, since);
    }

    /** How long a message's file is the business of the replica that stored it, before it counts as left behind. */
    public Duration leftBehindAfter() {
        return config.leftBehindAfter();
    }

    /** How many files this replica has in hand: being fetched, or waiting for a place. */
    int underWay() {
        return underWay.size();
    }

    void stop(@Observes @Priority(8) ShutdownEvent stopped) {
        stopping.begin();
    }

    private void start(WantedFile wanted, Instant since) {
        if (stopping.hasBegun() || !underWay.add(wanted.message())) {
            return;
        }
        Trace trace = Trace.current();
        Thread.ofVirtual().name("media-fetch").start(() -> Trace.run(trace, () -> fetch(wanted, since)));
    }

    private void fetch(WantedFile wanted, Instant since) {
        try {
            fetchInPlace(wanted, since);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.warnf(
                    e,
                    "fetching a file failed, the sweep tries again company_id=%s message_id=%s",
                    wanted.company(),
                    wanted.message());
        } finally {
            underWay.remove(wanted.message());
        }
    }

    private void fetchInPlace(WantedFile wanted, Instant since) throws InterruptedException {
        Instant until = Instant.now().plus(config.leftBehindAfter());
        while (!places.tryEnter(wanted.company())) {
            // What came along is not held in memory for the length of a wait: the server has it too.
            if (wanted.inline() != null || Instant.now().isAfter(until) || stopsWithin(NEXT_LOOK)) {
                return;
            }
        }
        try {
            file.fetch(wanted, since);
        } finally {
            places.leave(wanted.company());
        }
    }

    // Files that came together do not all come back at the same moment.
    private boolean stopsWithin(Duration wait) throws InterruptedException {
        long most = wait.toNanos();
        return stopping.beginsWithin(
                Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1)));
    }
}
