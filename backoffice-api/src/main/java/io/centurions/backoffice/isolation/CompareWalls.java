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
 *
 * <p>How far the turn is stands in a row, so that the last companies are looked at however often the job changes
 * its owner. The row moves after its companies were looked at: whoever dies in between has them looked at again.
 */
@ApplicationScoped
class CompareWalls implements OwnedJob {

    static final String ATTACK = "catalogue";

    private static final Logger LOG = Logger.getLogger(CompareWalls.class);
    private static final String LOOK = "SELECT company_id, faults FROM core.company_walls_v1($1, $2)";
    private static final String POSITION = "SELECT up_to FROM core.walls_compared";
    private static final UUID FIRST = new UUID(0, 0);

    // Two owners may overlap for a round; only one of them moves it, and none moves it back.
    private static final String ADVANCE =
            "UPDATE core.walls_compared SET up_to = $2, updated_at = clock_timestamp() WHERE up_to = $1";

    private final Database database;
    private final Tally tally;
    private final IsolationConfig config;

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
        UUID after = database.call(POSITION).getFirst().getUUID("up_to");
        List<Row> looked = database.call(LOOK, after, config.wallsARound());
        tally.tried(ATTACK, looked.stream().mapToInt(CompareWalls::tell).sum());
        UUID next =
                looked.size() < config.wallsARound() ? FIRST : looked.getLast().getUUID("company_id");
        database.call(ADVANCE, after, next);
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
