package io.centurions.backoffice.file;

import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.UUID;

/**
 * Takes a file in: a row that says that it comes, the object, the row that says that it is there. No
 * transaction is open while the sender sends. Whatever fails, nothing half is seen; what is left is taken
 * away here or by the sweep.
 */
@ApplicationScoped
class ReceiveFile {

    private final KeepFile keepFile;
    private final Storage storage;
    private final SettleFile settleFile;
    private final FileConfig config;

    ReceiveFile(KeepFile keepFile, Storage storage, SettleFile settleFile, FileConfig config) {
        this.keepFile = keepFile;
        this.storage = storage;
        this.settleFile = settleFile;
        this.config = config;
    }

    /**
     * @param key  of the request; its repeat gets the first one's file
     * @param body read as far as it is wanted
     */
    Kept receive(UUID company, NewFile file, String key, InputStream body) {
        ObjectRef object = keepFile.announce(company, file, key);
        boolean stays = false;
        try {
            Received content = Received.of(body, config.types(), config.bytesMax());
            storage.put(object, content);
            Kept kept = keepFile.keep(object, file, content, key);
            stays = kept.fresh();
            return kept;
        } finally {
            if (!stays) {
                settleFile.settleOrLeave(object);
            }
        }
    }
}
