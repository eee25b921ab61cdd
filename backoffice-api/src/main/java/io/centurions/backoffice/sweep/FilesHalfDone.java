package io.centurions.backoffice.sweep;

import io.centurions.backoffice.file.SettleFile;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Files whose coming or going was broken off: their sender went away, their replica was killed, the storage
 * did not answer. Taken away, object and row.
 */
@ApplicationScoped
class FilesHalfDone implements OwnedJob {

    private static final Logger LOG = Logger.getLogger(FilesHalfDone.class);
    private static final int FOUND_MOST = 100;
    private static final int AT_ONCE = 2;
    /** Longer than taking one away takes. */
    private static final Duration LEAVES_WITHIN = Duration.ofMinutes(2);

    private static final String UNSETTLED =
            "SELECT * FROM core.files_unsettled_v1($1, $2::text::interval, $3::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final SettleFile settleFile;
    private final SweepConfig config;

    FilesHalfDone(Database database, Sweeper sweeper, SettleFile settleFile, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.settleFile = settleFile;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-files";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        var found =
                database.call(UNSETTLED, FOUND_MOST, settleFile.arrivesWithin().toString(), LEAVES_WITHIN.toString());
        sweeper.mend(lease, "files-half-done", found, AT_ONCE, this::settle);
    }

    private void settle(Row row) {
        try {
            settleFile.settle(CompanyId.of(row.getUUID("company_id")), row.getUUID("file_id"));
        } catch (StorageUnavailable away) {
            LOG.warnf("a file cannot be taken away yet: %s; runbook files", away.getMessage());
        }
    }
}
