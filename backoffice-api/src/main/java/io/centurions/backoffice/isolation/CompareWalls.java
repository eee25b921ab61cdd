package io.centurions.backoffice.isolation;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Looks at the locks on every company's schema, some companies a round in turn: row-level security, policies, owners
 * and grants are the template's, or hold by themselves where the company is not at the template's version. What
 * is not is counted as a hit of the attack {@code catalogue}, for the canaries attack but each other.
 */
@ApplicationScoped
class CompareWalls implements OwnedJob {

    static final String ATTACK = "catalogue";

    private static final Logger LOG = Logger.getLogger(CompareWalls.class);
    private static final String LOOK = "SELECT company_id, faults FROM core.company_walls_v1($1, $2)";
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;
    private final Tally tally;
    private final IsolationConfig config;
    // Only the owner of the job moves it; another one begins anew.
    private volatile UUID after = FIRST;

    CompareWalls(Database database, Tally tally, IsolationConfig config) {
        this.database = database;
        this.tally = tally;
        this.config = config;
        tally.begin(ATTACK);
    }

    @Override
    public String name() {
        return "isolation-walls";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        List<Row> looked = database.call(LOOK, after, config.wallsARound());
        tally.tried(ATTACK, looked.stream().mapToInt(CompareWalls::tell).sum());
        after = looked.size() < config.wallsARound() ? FIRST : looked.getLast().getUUID("company_id");
    }

    private static int tell(Row row) {
        String[] faults = row.getArrayOfStrings("faults");
        if (faults.length > 0) {
            LOG.errorf(
                    "a company's schema is not locked as the template is: attack %s, %s; runbook isolation company_id=%s",
                    ATTACK, String.join("; ", faults), row.getUUID("company_id"));
        }
        return faults.length;
    }
}
