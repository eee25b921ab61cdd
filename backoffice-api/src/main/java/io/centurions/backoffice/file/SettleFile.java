package io.centurions.backoffice.file;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Takes away what has not become a file, or is one no more: its object first, then its row. Cut off anywhere,
 * it is begun again; a file that is kept is left alone.
 */
@ApplicationScoped
public class SettleFile {

    private static final Logger LOG = Logger.getLogger(SettleFile.class);

    private final Database database;
    private final FileRepository files;
    private final Storage storage;
    private final FileConfig config;

    SettleFile(Database database, FileRepository files, Storage storage, FileConfig config) {
        this.database = database;
        this.files = files;
        this.storage = storage;
        this.config = config;
    }

    /** After that, a file that still arrives is broken off. */
    public Duration arrivesWithin() {
        return config.arrivesWithin();
    }

    /**
     * @throws StorageUnavailable when the object could not be taken away: then the row stays, and says so
     */
    public void settle(CompanyId company, UUID id) {
        if (database.asCompany(company, tx -> files.leaveUnsettled(tx, id))) {
            storage.delete(new ObjectRef(company, id));
            database.runAsCompany(company, tx -> files.forget(tx, id));
        }
    }

    /** The same for whoever has nothing to lose by waiting for the sweep. */
    void settleOrLeave(ObjectRef object) {
        try {
            settle(object.company(), object.id());
        } catch (StorageUnavailable | DatabaseUnavailable e) {
            LOG.warnf("a file is not taken away yet, the sweep goes on (%s) file_id=%s", e.getMessage(), object.id());
        }
    }
}
