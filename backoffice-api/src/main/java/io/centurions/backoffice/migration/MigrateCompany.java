package io.centurions.backoffice.migration;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalInt;
import org.jboss.logging.Logger;

/**
 * Brings one company's schema to the target, a transaction a step. Killed between two steps, it goes on from
 * there; halted by a person, it takes no further one; two that meet take turns, and the second finds nothing
 * to do. A company that is busy is tried again later, one that is refused is set aside.
 */
@ApplicationScoped
class MigrateCompany {

    private static final Logger LOG = Logger.getLogger(MigrateCompany.class);

    private final Database database;
    private final CompanyMigrationRepository rows;
    private final FleetMigrationConfig config;

    MigrateCompany(Database database, CompanyMigrationRepository rows, FleetMigrationConfig config) {
        this.database = database;
        this.rows = rows;
        this.config = config;
    }

    /**
     * @throws DatabaseUnavailable when PostgreSQL itself is away: then nothing is held against the company
     */
    void migrate(FleetMigration migration, CompanyId company) {
        try {
            OptionalInt reached;
            do {
                reached = database.asCompany(company, tx -> rows.step(tx, migration));
            } while (reached.isPresent() && reached.getAsInt() < migration.targetVersion());
        } catch (PgException refused) {
            hold(migration, company, refused);
        } catch (DatabaseUnavailable away) {
            if (!Obstacle.isBusy(away.getCause())) {
                throw away;
            }
            hold(migration, company, (PgException) away.getCause());
        }
    }

    private void hold(FleetMigration migration, CompanyId company, PgException refused) {
        database.runAsCompany(company, tx -> {
            Obstacle why = Obstacle.of(refused, rows.nextStep(tx));
            int tries = why.passing() ? config.triesMost() : 1;
            if (rows.refused(tx, migration.id(), tries, why, config.firstWait().toString())) {
                LOG.errorf(
                        "set aside with SQLSTATE %s, %s; runbook fleet-migration company_id=%s",
                        why.sqlState(), why.reason(), company);
            } else {
                LOG.warnf("busy with SQLSTATE %s, tried again company_id=%s", why.sqlState(), company);
            }
        });
    }
}
