package io.centurions.platform.jobs;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Forgets rows whose retention has ended. What may go is decided by a function of the database; here it is only called. */
@ApplicationScoped
public class OldRows {

    private static final Logger LOG = Logger.getLogger(OldRows.class);

    private final Database database;

    OldRows(Database database) {
        this.database = database;
    }

    /**
     * Calls a function in batches until nothing is left or the lease is lost.
     *
     * @param function a granted {@code core.name_v1(limit int, now timestamptz) returns int}, how many rows it took
     */
    public void forget(Lease lease, String function) {
        String sql = "SELECT " + function + "($1, clock_timestamp()) AS forgotten";
        long forgotten = Batches.untilNothingIsLeft(
                lease, () -> database.call(sql, Batches.ROWS).getFirst().getInteger("forgotten"));
        if (forgotten > 0) {
            LOG.infof("%s took %d rows that were past their retention", function, forgotten);
        }
    }
}
