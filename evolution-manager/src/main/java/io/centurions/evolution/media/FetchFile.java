package io.centurions.evolution.media;

import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.EvolutionMessageClient;
import io.centurions.evolution.evolution.EvolutionMessageClient.Fetched;
import io.centurions.evolution.evolution.ServerInstance;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.evolution.instance.InstanceDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Fetches one file. Blocks until the server has answered or its time is over; to be called outside any transaction. */
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
     * Fetches the file and stores it, or the reason why there is none; what the server cannot now is left for another time.
     *
     * @param since when its message was stored
     */
    void fetch(WantedFile file, Instant since) {
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
