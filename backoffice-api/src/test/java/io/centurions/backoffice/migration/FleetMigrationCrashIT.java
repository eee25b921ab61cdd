package io.centurions.backoffice.migration;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.EveryStep;
import io.centurions.platform.testkit.cut.Plan;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/**
 * The connection of the owner is cut before and after each of its statements; the next owner finds all in
 * the rows.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FleetMigrationCrashIT {

    @Inject
    MigrateFleet fleet;

    @Test
    void a_migration_that_is_cut_anywhere_is_finished_by_the_next_owner() {
        Admin.get().execute("UPDATE core.fleet_migrations SET state = 'halted' WHERE state IN ('canary', 'running')");
        var company = Api.aCompany("cortada");
        String table = Template.addsTable();
        // The company as it is before each scene: with all that scene takes away.
        Admin.get().query("SELECT * FROM core.migrate_company_v1(?)", company.id());

        EveryStep.cut(
                () -> MigrationAsked.and(fleet, company, table),
                Plan.at("database")
                        .eachTime(
                                "start_fleet_migration_v1",
                                "companies_behind_v1",
                                "migrate_company_step_v1",
                                "INSERT INTO core.company_migrations",
                                "company_schema_diff_v1",
                                "UPDATE core.fleet_migrations",
                                "COMMIT"));
    }
}
