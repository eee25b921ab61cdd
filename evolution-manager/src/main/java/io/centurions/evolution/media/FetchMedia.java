package io.centurions.evolution.media;

import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.EvolutionMessageClient;
import io.centurions.evolution.evolution.EvolutionMessageClient.Fetched;
import io.centurions.evolution.evolution.ServerInstance;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.evolution.instance.InstanceDirectory;
import io.centurions.platform.tenancy.Trace;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Fetches files in the background: at once where there is room, otherwise when a sweep finds them without an end. PostgreSQL is
 * the queue, so a crash loses nothing. Two replicas may fetch the same file; only one of them ends it.
 */
@ApplicationScoped
public class FetchMedia {

    private static final Logger LOG = Logger.getLogger(FetchMedia.class);

    private final StoreFile store;
    private final EvolutionMessageClient server;
    private final InstanceDirectory directory;
    private final MediaConfig config;
    private final Semaphore room;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);

    FetchMedia(StoreFile store, EvolutionMessageClient server, InstanceDirectory directory, MediaConfig config) {
        this.store = store;
        this.server = server;
        this.directory = directory;
        this.config = config;
        this.room = new Semaphore(config.fetchedAtOnce());
    }

    /** Fetches the file of a message that was just stored. Returns at once; when there is no room, the sweep will find it. */
    public void soon(WantedFile file) {
        start(file, Instant.now());
    }

    void stop(@Observes @Priority(8) ShutdownEvent stopped) {
        stopping.countDown();
    }

    /** How many a replica fetches at once. */
    public int atOnce() {
        return config.fetchedAtOnce();
    }

    /** How long a message waits for its first attempt before it counts as left behind. */
    public Duration leftBehindAfter() {
        return config.leftBehindAfter();
    }

    /**
     * Fetches a file that was left behind, when there is room for it; returns when that has ended, well or not.
     *
     * @param since when its message was stored
     */
    public void leftBehind(WantedFile file, Instant since) {
        if (stopping.getCount() == 0 || !underWay.add(file.message())) {
            return;
        }
        room.acquireUninterruptibly();
        // Releases the place and the file, whatever happens.
        fetchAndLeave(file, since);
    }

    private void start(WantedFile file, Instant since) {
        if (stopping.getCount() == 0 || !underWay.add(file.message())) {
            return;
        }
        if (!room.tryAcquire()) {
            underWay.remove(file.message());
            return;
        }
        Trace trace = Trace.current();
        Thread.ofVirtual().name("media-fetch").start(() -> Trace.run(trace, () -> fetchAndLeave(file, since)));
    }

    private void fetchAndLeave(WantedFile file, Instant since) {
        try {
            fetch(file, since);
        } catch (RuntimeException | Error e) {
            LOG.warnf(e, "fetching a file failed, the sweep tries again message_id=%s", file.message());
        } finally {
            room.release();
            underWay.remove(file.message());
        }
    }

    private void fetch(WantedFile file, Instant since) {
        if (file.inline() != null) {
            store.store(file, null, file.inline());
            return;
        }
        Optional<InstanceAddress> instance = directory.find(InstanceId.of(file.instance()));
        if (instance.isEmpty() || instance.get().deleted()) {
            store.fail(file, "instance_deleted");
            return;
        }
        var at = new ServerInstance(instance.get().company(), instance.get().serverName());
        boolean last = Instant.now().isAfter(since.plus(config.giveUpAfter()));
        // Right after the webhook the server may not have stored its own message yet, so "gone" is believed only later.
        boolean early = Instant.now().isBefore(since.plus(config.leftBehindAfter()));
        switch (server.fetchMedia(at, file.providerMessageId())) {
            case Fetched.Got(var got) -> store.store(file, got.mime(), got.base64());
            case Fetched.Gone(var reason) when !early -> store.fail(file, reason);
            case Fetched.TryLater(var reason) when last -> store.fail(file, reason);
            case Fetched.Gone(var reason) -> LOG.debugf("no file yet (%s) message_id=%s", reason, file.message());
            case Fetched.TryLater(var reason) -> LOG.debugf("no file yet (%s) message_id=%s", reason, file.message());
        }
    }
}
