package io.centurions.evolution.media;

import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.EvolutionMessageClient;
import io.centurions.evolution.evolution.EvolutionMessageClient.Fetched;
import io.centurions.evolution.evolution.ServerInstance;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.evolution.instance.InstanceDirectory;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One try to fetch a file. Blocks until the server has answered or its time is over; to be called outside any transaction. */
@ApplicationScoped
class FetchFile {

    private static final Logger LOG = Logger.getLogger(FetchFile.class);

    private final StoreFile store;
    private final EvolutionMessageClient server;
    private final InstanceDirectory directory;
    private final MediaConfig config;

    FetchFile(StoreFile store, EvolutionMessageClient server, InstanceDirectory directory, MediaConfig config) {
        this.store = store;
        this.server = server;
        this.directory = directory;
        this.config = config;
    }

    /**
     * Fetches the file and stores it, or the reason why there is none. Reads no more of it than its message says to be there.
     *
     * @param since when its message was stored
     * @return anything but NO_PLACE
     */
    Tried tryOnce(WantedFile file, Instant since) {
        if (file.inline() != null) {
            store.storeInline(file);
            return Tried.ENDED;
        }
        if (file.bytes() != null && file.bytes() > config.bytesMax()) {
            return failed(file, "too_large");
        }
        Optional<InstanceAddress> instance = directory.find(InstanceId.of(file.instance()));
        if (instance.isEmpty() || instance.get().deleted()) {
            return failed(file, "instance_deleted");
        }
        var at = new ServerInstance(instance.get().company(), instance.get().serverName());
        boolean last = Instant.now().isAfter(since.plus(config.giveUpAfter()));
        // Right after the webhook the server may not have stored its own message yet, so "gone" is believed only later.
        boolean early = Instant.now().isBefore(since.plus(config.leftBehindAfter()));
        int most = file.bytesToRead(config.bytesMax());
        return switch (server.fetchMedia(at, file.providerMessageId(), most)) {
            case Fetched.Got(var got) -> stored(file, got.mime(), got.content());
            case Fetched.TooLarge tooLarge when most < config.bytesMax() -> Tried.LARGER;
            case Fetched.TooLarge tooLarge -> failed(file, "too_large");
            case Fetched.Gone(var reason) when !early -> failed(file, reason);
            case Fetched.TryLater(var reason) when last -> failed(file, reason);
            case Fetched.Gone(var reason) -> hasNoEnd(file, reason);
            case Fetched.TryLater(var reason) -> hasNoEnd(file, reason);
        };
    }

    /** Ends a file for which there was no room for as long as it is looked for: its message goes on without it. */
    void withoutRoom(WantedFile file) {
        failed(file, "no_room");
    }

    private Tried stored(WantedFile file, String mime, Buffer content) {
        store.store(file, mime, content);
        return Tried.ENDED;
    }

    private Tried failed(WantedFile file, String reason) {
        store.fail(file, reason);
        return Tried.ENDED;
    }

    private static Tried hasNoEnd(WantedFile file, String reason) {
        LOG.debugf("no file yet (%s) company_id=%s message_id=%s", reason, file.company(), file.message());
        return Tried.FAILED;
    }
}
