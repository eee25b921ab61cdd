package io.centurions.backoffice.sweep;

import io.centurions.backoffice.provisioning.Provision;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Person;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Companies whose making stands still, because the process that made them was killed or the database was
 * away. Finished as by a repeated request. One that was refused is left to a person.
 */
@ApplicationScoped
class CompaniesHalfMade implements OwnedJob {

    private static final int FOUND_MOST = 100;
    private static final int AT_ONCE = 2;
    /** Longer than any step may take, so that a request under way is not overtaken. */
    private static final Duration STANDS_STILL = Duration.ofMinutes(1);
    /** Where nobody is written down as having asked for the company. */
    private static final Person NOBODY = new Person("sweep", "service");

    private static final String HALF_MADE = "SELECT * FROM core.companies_half_made_v1($1, $2::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final Provision provision;
    private final SweepConfig config;

    CompaniesHalfMade(Database database, Sweeper sweeper, Provision provision, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.provision = provision;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-companies";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        var found = database.call(HALF_MADE, FOUND_MOST, STANDS_STILL.toString());
        sweeper.mend(lease, "companies-half-made", found, AT_ONCE, this::finish);
    }

    private void finish(Row row) {
        provision.run(CompanyId.of(row.getUUID("company_id")), NOBODY);
    }
}
