package io.centurions.platform.jobs;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The lease rows of this service, one per job. Time is the database's, so replicas need no common clock. */
@ApplicationScoped
class LeaseRows {

    // In the order of the names, so that two replicas never wait for each other in a circle. Served by the primary key.
    private static final String TAKE_OR_RENEW = """
            INSERT INTO core.leases_%s AS l (name, holder, until)
            SELECT n.name, $2, clock_timestamp() + $3::text::interval
              FROM unnest($1::text[]) AS n (name)
             ORDER BY n.name
                ON CONFLICT (name) DO UPDATE
               SET holder = excluded.holder, until = excluded.until
             WHERE l.holder = excluded.holder OR l.until <= clock_timestamp()
            RETURNING l.name
            """;

    private static final String RELEASE = "DELETE FROM core.leases_%s WHERE holder = $1 AND name = ANY ($2::text[])";

    private final Database database;
    private final String takeOrRenew;
    private final String release;

    LeaseRows(Database database, @ConfigProperty(name = "centurions.service") String suffix) {
        this.database = database;
        this.takeOrRenew = TAKE_OR_RENEW.formatted(suffix);
        this.release = RELEASE.formatted(suffix);
    }

    /** The jobs that are this holder's until the lease from now is over: those it had, those nobody had. */
    Set<String> takeOrRenew(String holder, Collection<String> jobs, Duration lease) {
        return database.call(takeOrRenew, jobs.toArray(String[]::new), holder, lease.toString()).stream()
                .map(row -> row.getString("name"))
                .collect(Collectors.toSet());
    }

    /** Lets any other replica take over at once. */
    void release(String holder, Collection<String> jobs) {
        database.call(release, holder, jobs.toArray(String[]::new));
    }
}
