package io.centurions.backoffice.usage;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * Tells once a month that a company has used 80, and that it has used 100 in a hundred of a limit that blocks
 * or notifies: a row that its usage shows, a line in the log, a metric to alert on. Looked for here, so that
 * whoever counts has one number to raise and nothing to tell.
 */
@ApplicationScoped
class TellLimits implements OwnedJob {

    private static final Logger LOG = Logger.getLogger(TellLimits.class);
    private static final int AT_ONCE = 200;
    private static final Duration EVERY = Duration.ofSeconds(30);

    private static final String REACHED = "SELECT * FROM core.limits_reached_v1($1, $2)";

    private static final String RAISE = """
            INSERT INTO core.limit_alerts (company_id, month, what, threshold, used, most)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (company_id, month, what, threshold) DO NOTHING
            """;

    private final Database database;
    private final MeterRegistry meters;
    private final Clock clock;

    TellLimits(Database database, MeterRegistry meters, Clock clock) {
        this.database = database;
        this.meters = meters;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tell-limits";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public void run(Lease lease) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        for (Row reached : database.call(REACHED, AT_ONCE, now)) {
            if (!lease.stillMine()) {
                return;
            }
            try {
                tell(reached);
            } catch (DatabaseUnavailable away) {
                throw away;
            } catch (RuntimeException one) {
                // The others are told; this one is found again.
                LOG.errorf(
                        one, "could not tell of a limit company_id=%s; runbook plans", reached.getUUID("company_id"));
            }
        }
    }

    private void tell(Row reached) {
        CompanyId company = CompanyId.of(reached.getUUID("company_id"));
        String what = reached.getString("what");
        int threshold = reached.getInteger("threshold");
        boolean first = database.asCompany(
                company,
                tx -> tx.execute(
                                RAISE,
                                company.value(),
                                reached.getLocalDate("month"),
                                what,
                                threshold,
                                reached.getLong("used"),
                                reached.getLong("most"))
                        == 1);
        if (first) {
            meters.counter("plan_limit_alerts_total", "what", what, "threshold", String.valueOf(threshold))
                    .increment();
            LOG.warnf(
                    "a company has used %d in a hundred of its %s company_id=%s; runbook plans",
                    threshold, what, company);
        }
    }
}
