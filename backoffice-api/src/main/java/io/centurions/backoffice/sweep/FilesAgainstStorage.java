package io.centurions.backoffice.sweep;

import io.centurions.backoffice.file.CompareFiles;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A few times a day, company by company: objects without a row, rows without an object. */
@ApplicationScoped
class FilesAgainstStorage implements OwnedJob {

    private static final int PAGE = 200;
    private static final String NEXT = "SELECT * FROM core.companies_in_turn_v1($1, $2)";

    private final Database database;
    private final CompareFiles compareFiles;
    private final Sweeper sweeper;

    FilesAgainstStorage(Database database, CompareFiles compareFiles, Sweeper sweeper) {
        this.database = database;
        this.compareFiles = compareFiles;
        this.sweeper = sweeper;
    }

    @Override
    public String name() {
        return "compare-files";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run(Lease lease) {
        compareFiles.forgetBrokenOff();
        UUID after = null;
        List<Row> page = database.call(NEXT, after, PAGE);
        while (!page.isEmpty() && lease.stillMine()) {
            for (Row row : page) {
                after = row.getUUID("company_id");
                sweeper.found("files-against-storage", compareFiles.compare(lease, CompanyId.of(after)));
            }
            page = database.call(NEXT, after, PAGE);
        }
    }
}
