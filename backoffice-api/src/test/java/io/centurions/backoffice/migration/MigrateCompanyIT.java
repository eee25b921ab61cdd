package io.centurions.backoffice.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One owner of a migration among others: a person who halts it, and another owner that was faster. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class MigrateCompanyIT {

    @Inject
    MigrateCompany migrateCompany;

    @Inject
    CompanyMigrationRepository rows;

    @Inject
    Database database;

    @BeforeEach
    @AfterEach
    void none_is_open() {
        Admin.get().execute("UPDATE core.fleet_migrations SET state = 'halted' WHERE state IN ('canary', 'running')");
    }

    @Test
    void no_step_is_begun_once_a_person_has_halted_it() {
        var company = Api.aCompany("parada");
        Template.addsTable();
        FleetMigration migration = started(company);

        Api.owner()
                .post("/v1/fleet-migrations/" + migration.id() + "/halt")
                .then()
                .statusCode(200);
        migrateCompany.migrate(migration, CompanyId.of(company.id()));

        assertThat(Template.versionOf(company)).isLessThan(Template.version());
        assertThat(Admin.get().count("SELECT count(*) FROM core.company_migrations WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void what_another_owner_has_done_is_not_set_aside_by_one_that_comes_late() {
        var company = Api.aCompany("tardia");
        Template.addsTable();
        FleetMigration migration = started(company);
        migrateCompany.migrate(migration, CompanyId.of(company.id()));

        boolean setAside = database.asCompany(
                CompanyId.of(company.id()),
                tx -> rows.refused(tx, migration.id(), 1, new Obstacle(false, "42P07", "step"), "2s"));

        assertThat(setAside).isFalse();
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, attempts FROM core.company_migrations WHERE company_id = ?",
                                company.id()))
                .isEqualTo(Map.of("state", "done", "attempts", 0));
    }

    private static FleetMigration started(Api.Made company) {
        String id = Api.owner()
                .body(Map.of("canaryCompanyId", company.id()))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new FleetMigration(UUID.fromString(id), true, Template.version(), company.id(), 1);
    }
}
