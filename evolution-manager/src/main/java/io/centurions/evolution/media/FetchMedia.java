package io.centurions.evolution.media;

import io.centurions.platform.loops.Closing;
import io.centurions.platform.loops.Places;
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
 * Fetches files in the background: at once where there is a place for their company ({@link Places}) and room for the file
 * ({@link FileMemory}), and again after growing waits where the server could not, until a sweep would find them without an end. PostgreSQL is the queue, so a crash loses
 * nothing. Two replicas may fetch the same file; only one of them ends it.
 */
@ApplicationScoped
public class FetchMedia {

    private static final Logger LOG = Logger.getLogger(FetchMedia.class);
    /** How long what was left behind is looked for. */
    public static final Duration LOOKED_FOR = Duration.ofDays(1);

    private static final Duration LAST_CALL = Duration.ofHours(1);
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    /** A breaker that the failures have opened tries one call after ten seconds; it should not wait long for it. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** Being fetched or waiting for a next try: far more than are fetched within the patience of a turn. */
    private static final int IN_HAND_MOST = 512;

    private final FetchFile file;
    private final MediaConfig config;
    private final FileMemory memory;
    private final Places places;
    private final Places inHand = new Places(IN_HAND_MOST);
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final Closing stopping = new Closing();

    FetchMedia(FetchFile file, MediaConfig config, FileMemory memory) {
        this.file = file;
        this.config = config;
        this.memory = memory;
        this.places = new Places(config.fetchedAtOnce());
    }

    /** Fetches the file of a message that was just stored. Returns at once; what does not succeed soon, the sweep finds. */
    public void soon(WantedFile wanted) {
        start(wanted, Instant.now());
    }

    /**
     * Fetches a file that was left behind, unless it is under way here. Returns at once, so that no company's files keep a
     * sweep from another's; one that finds no place in time, or fails, is found again.
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

    /** How many files this replica has in hand: being fetched, or waiting for their next try. */
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
        if (!inHand.tryEnter(wanted.company())) {
            underWay.remove(wanted.message());
            return;
        }
        Trace trace = Trace.current();
        Thread.ofVirtual().name("media-fetch").start(() -> Trace.run(trace, () -> fetch(wanted, since)));
    }

    private void fetch(WantedFile wanted, Instant since) {
        try {
            keepTrying(wanted, since);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.warnf(
                    e,
                    "fetching a file failed, the sweep tries again company_id=%s message_id=%s",
                    wanted.company(),
                    wanted.message());
        } finally {
            inHand.leave(wanted.company());
            underWay.remove(wanted.message());
        }
    }

    // Only a failure makes the next wait longer: a place may be free again at any moment. What was left behind is not
    // tried again after it failed, because the sweep comes again.
    private void keepTrying(WantedFile wanted, Instant since) throws InterruptedException {
        Instant began = Instant.now();
        Duration wait = FIRST_WAIT;
        WantedFile known = wanted;
        for (Tried tried = tryOnce(known, since); tried != Tried.ENDED; tried = tryOnce(known, since)) {
            boolean failed = tried == Tried.FAILED;
            Instant until = (failed ? since : began).plus(config.leftBehindAfter());
            // What came along is not held in memory for the length of a wait: the server has it too.
            if (wanted.inline() != null) {
                return;
            }
            if (Instant.now().plus(wait).isAfter(until)) {
                endWithoutRoom(wanted, tried, since);
                return;
            }
            if (stopsWithin(wait)) {
                return;
            }
            wait = failed ? longer(wait) : wait;
            known = tried == Tried.LARGER ? wanted.ofUnknownSize() : known;
        }
    }

    // Just before nobody looks for it any more. Others with places and room tell nothing of the file: after hours
    // without us there are many.
    private void endWithoutRoom(WantedFile wanted, Tried tried, Instant since) {
        if (tried == Tried.NO_PLACE
                && Instant.now().isAfter(since.plus(LOOKED_FOR).minus(LAST_CALL))) {
            file.withoutRoom(wanted);
        }
    }

    static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
    }

    // The place and the room are given back before any wait.
    private Tried tryOnce(WantedFile wanted, Instant since) {
        if (!places.tryEnter(wanted.company())) {
            return Tried.NO_PLACE;
        }
        try {
            return withRoom(wanted, since);
        } finally {
            places.leave(wanted.company());
        }
    }

    private Tried withRoom(WantedFile wanted, Instant since) {
        long bytes = wanted.bytesToRead(config.bytesMax());
        if (!memory.tryEnter(wanted.company(), bytes)) {
            return Tried.NO_PLACE;
        }
        try {
            return file.tryOnce(wanted, since);
        } finally {
            memory.leave(wanted.company(), bytes);
        }
    }

    // Files of one message, or of one failure, do not all come back at the same moment.
    private boolean stopsWithin(Duration wait) throws InterruptedException {
        long most = wait.toNanos();
        return stopping.beginsWithin(
                Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1)));
    }
}
