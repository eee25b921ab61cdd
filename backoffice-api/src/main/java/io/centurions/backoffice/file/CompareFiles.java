package io.centurions.backoffice.file;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.storage.Found;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Compares the rows of a company with the objects that the storage has. No crash of ours makes them differ; a
 * storage or a database that was restored to an earlier day does. An object without a row is deleted when it
 * is old; a row without an object is marked, and unmarked when the object is back.
 */
@ApplicationScoped
public class CompareFiles {

    private static final Logger LOG = Logger.getLogger(CompareFiles.class);
    private static final int PAGE = 500;
    /** A row changed since may be ahead of the list. */
    private static final Duration SETTLED = Duration.ofHours(1);

    /** What a put that was cut off leaves is of no use to anybody after a day. */
    private static final Duration BROKEN_OFF = Duration.ofDays(1);

    private final Storage storage;
    private final Database database;
    private final FileRepository files;
    private final FileConfig config;
    private final Clock clock;

    CompareFiles(Storage storage, Database database, FileRepository files, FileConfig config, Clock clock) {
        this.storage = storage;
        this.database = database;
        this.files = files;
        this.config = config;
        this.clock = clock;
    }

    /** What no row and no list shows. */
    public void forgetBrokenOff() {
        storage.forgetBrokenOff(clock.instant().minus(BROKEN_OFF));
    }

    /**
     * One company, page by page, until it is through or the lease is lost.
     *
     * @return how many objects and rows had no counterpart
     */
    public int compare(Lease lease, CompanyId company) {
        int odd = 0;
        UUID after = null;
        boolean more = true;
        while (more && lease.stillMine()) {
            List<Found> page = storage.list(company, after, PAGE);
            more = page.size() == PAGE;
            UUID last = more ? page.getLast().id() : null;
            odd += strays(company, page) + lost(company, after, last, page);
            after = last;
        }
        return odd;
    }

    private int strays(CompanyId company, List<Found> page) {
        Instant before = clock.instant().minus(config.strayFor());
        UUID[] old = ids(
                page.stream().filter(object -> object.keptAt().isBefore(before)).toList());
        if (old.length == 0) {
            return 0;
        }
        List<UUID> strays = database.asCompany(company, tx -> files.unknown(tx, old));
        for (UUID stray : strays) {
            storage.delete(new ObjectRef(company, stray));
            LOG.warnf("deleted an object that no row speaks of file_id=%s company_id=%s", stray, company);
        }
        return strays.size();
    }

    private int lost(CompanyId company, UUID after, UUID last, List<Found> page) {
        UUID[] shown = ids(page);
        int lost = database.asCompany(company, tx -> {
            files.findAgain(tx, shown);
            return files.lose(tx, after, last, shown, SETTLED);
        });
        if (lost > 0) {
            LOG.errorf("the storage does not have %d files that it had; runbook files company_id=%s", lost, company);
        }
        return lost;
    }

    private static UUID[] ids(List<Found> objects) {
        return objects.stream().map(Found::id).toArray(UUID[]::new);
    }
}
