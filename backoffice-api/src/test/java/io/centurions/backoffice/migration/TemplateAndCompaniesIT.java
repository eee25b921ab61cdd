package io.centurions.backoffice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a company is equal to the template again, and when the template has gone on since. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class TemplateAndCompaniesIT {

    @Inject
    MigrateFleet fleet;

    @BeforeEach
    @AfterEach
    void none_is_open() {
        Admin.get().execute("UPDATE core.fleet_migrations SET state = 'halted' WHERE state IN ('canary', 'running')");
    }

    /** A dropped column keeps its number for ever; what counts is the order of those that are there. */
    @Test
    void a_canary_that_was_refused_for_a_column_of_its_own_is_mended_by_dropping_it() {
        var canary = Api.aCompany("canario");
        String services = "ALTER TABLE " + canary.schema() + ".services ";
        String column = "cor_" + UUID.randomUUID().toString().substring(0, 8);
        Admin.get().execute(services + "ADD COLUMN " + column + " int");
        Template.add(column, "ALTER TABLE {{schema}}.services ADD COLUMN " + column + " text");
        String id = migrated(canary);
        seen(id).body("state", equalTo("halted"));
        Api.owner()
                .get("/v1/fleet-migrations/" + id + "/companies?state=quarantined")
                .then()
                .body("items[0].sqlState", equalTo("42701"));

        Admin.get().execute(services + "DROP COLUMN " + column);
        Api.owner().post("/v1/fleet-migrations/" + id + "/retry").then().statusCode(200);
        fleet.run(() -> true);

        seen(id).body("state", equalTo("finished"));
        assertThat(Template.isEqualIn(canary)).isTrue();
    }

    /** What says * or inserts without naming columns would find another one there. */
    @Test
    void a_canary_whose_columns_stand_in_another_order_differs() {
        var canary = Api.aCompany("trocada");
        Admin.get()
                .execute("ALTER TABLE " + canary.schema()
                        + ".services DROP COLUMN active, ADD COLUMN active boolean NOT NULL DEFAULT true");
        Template.addsTable();

        String id = migrated(canary);

        seen(id).body("state", equalTo("halted")).body("reason", containsString("column services.active"));
        // No other test's canary.
        Admin.get().execute("UPDATE core.companies SET status = 'archived' WHERE id = ?", canary.id());
    }

    @Test
    void that_the_template_has_gone_on_since_is_told_of_a_finished_one() {
        var company = Api.aCompany("depois");
        Template.addsTable();
        String id = migrated(company);
        seen(id).body("state", equalTo("finished"))
                .body("newestVersion", equalTo(Template.version()))
                .body("behindNewest", equalTo(0));

        Template.addsTable();

        var progress = seen(id).body("state", equalTo("finished"))
                .body("targetVersion", equalTo(Template.version() - 1))
                .body("newestVersion", equalTo(Template.version()))
                .extract();
        assertThat(progress.<Integer>path("behindNewest")).isEqualTo(progress.<Integer>path("companies"));
    }

    private String migrated(Api.Made canary) {
        String id = Api.owner()
                .body(Map.of("canaryCompanyId", canary.id()))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        fleet.run(() -> true);
        return id;
    }

    private static ValidatableResponse seen(String id) {
        return Api.owner().get("/v1/fleet-migrations/" + id).then().statusCode(200);
    }
}
