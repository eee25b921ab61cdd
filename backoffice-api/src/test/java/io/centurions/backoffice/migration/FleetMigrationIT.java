package io.centurions.backoffice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The job is run when a test means it to run; companies of other tests are migrated along. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FleetMigrationIT {

    private static final Lease OURS = () -> true;

    @Inject
    MigrateFleet fleet;

    @BeforeEach
    void none_is_open() {
        Admin.get().execute("UPDATE core.fleet_migrations SET state = 'halted' WHERE state IN ('canary', 'running')");
    }

    @Test
    void the_canary_goes_first_and_another_owner_goes_on_where_the_first_one_died() {
        var first = Api.aCompany("primeira");
        var canary = Api.aCompany("canario");
        var last = Api.aCompany("ultima");
        Template.addsTable();
        String id = started(canary);

        fleet.run(dyingAfter(2));

        seen(id).body("state", equalTo("canary")).body("migrated", greaterThanOrEqualTo(1));
        assertThat(Template.versionOf(canary)).isEqualTo(Template.version());
        assertThat(Template.versionOf(first)).isLessThan(Template.version());
        assertThat(Template.versionOf(last)).isLessThan(Template.version());

        fleet.run(OURS);

        seen(id).body("state", equalTo("finished"))
                .body("quarantined", equalTo(0))
                .body("finishedAt", notNullValue())
                .body("targetVersion", equalTo(Template.version()));
        for (var company : new Api.Made[] {first, canary, last}) {
            assertThat(Template.isEqualIn(company)).isTrue();
            assertThat(Admin.get()
                            .count(
                                    "SELECT count(*) FROM core.company_migrations WHERE company_id = ? AND state = 'done'",
                                    company.id()))
                    .isOne();
        }
    }

    @Test
    void several_steps_are_taken_one_by_one_and_progress_is_told() {
        var company = Api.aCompany("passos");
        Template.addsTable();
        Template.addsTable();
        int before = Template.versionOf(company);
        String id = started(company);
        assertThat(before).isEqualTo(Template.version() - 2);

        fleet.run(OURS);

        var progress = seen(id).extract();
        assertThat(progress.<Integer>path("migrated")).isEqualTo(progress.<Integer>path("companies"));
        assertThat(Template.versionOf(company)).isEqualTo(Template.version());
    }

    @Test
    void a_company_that_cannot_be_migrated_is_set_aside_and_the_others_go_on() {
        var canary = Api.aCompany("canario");
        var broken = Api.aCompany("quebrada");
        var other = Api.aCompany("outra");
        String table = Template.addsTable();
        Admin.get().execute("CREATE TABLE " + broken.schema() + "." + table + " (n int)");
        String id = started(canary);

        fleet.run(OURS);

        seen(id).body("state", equalTo("incomplete")).body("quarantined", equalTo(1));
        assertThat(Template.isEqualIn(other)).isTrue();
        quarantined(id)
                .body("items.companyId", hasItem(broken.id().toString()))
                .body("items[0].sqlState", equalTo("42P07"))
                .body("items[0].reason", containsString("step " + Template.version() + " (" + table + ")"))
                .body("items[0].attempts", equalTo(1));
        assertThat(Template.versionOf(broken)).isLessThan(Template.version());

        Admin.get().execute("DROP TABLE " + broken.schema() + "." + table);
        Api.owner()
                .post("/v1/fleet-migrations/" + id + "/retry")
                .then()
                .statusCode(200)
                .body("state", equalTo("canary"));
        fleet.run(OURS);

        seen(id).body("state", equalTo("finished")).body("quarantined", equalTo(0));
        assertThat(Template.isEqualIn(broken)).isTrue();
    }

    @Test
    void a_reason_holds_no_value_of_a_row() {
        var canary = Api.aCompany("canario");
        var company = Api.aCompany("sigilo");
        Admin.get()
                .execute(
                        "INSERT INTO " + company.schema() + ".services (name) VALUES (?)",
                        "Maria 11988887777 " + company.slug());
        Template.add(
                "numeros " + company.slug(),
                "SELECT s.name::int FROM {{schema}}.services s WHERE s.name LIKE 'Maria%" + company.slug() + "'");
        String id = started(canary);

        fleet.run(OURS);

        quarantined(id)
                .body("items.find { it.companyId == '" + company.id() + "' }.sqlState", equalTo("22P02"))
                .body("items.find { it.companyId == '" + company.id() + "' }.reason", not(containsString("Maria")));
        Admin.get().execute("DELETE FROM " + company.schema() + ".services");
        Api.owner().post("/v1/fleet-migrations/" + id + "/retry").then().statusCode(200);
        fleet.run(OURS);
        seen(id).body("state", equalTo("finished"));
    }

    @Test
    void a_busy_company_is_tried_again_and_holds_up_nobody() throws SQLException {
        var canary = Api.aCompany("canario");
        var busy = Api.aCompany("ocupada");
        var other = Api.aCompany("livre");
        Template.add(
                "coluna " + busy.slug(),
                "COMMENT ON TABLE {{schema}}.services IS 'What the company sells. Retention: life of the company.'");
        String id = started(canary);
        try (Connection holder = connection()) {
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE " + busy.schema() + ".services IN ACCESS EXCLUSIVE MODE");

            fleet.run(OURS);

            holder.rollback();
        }

        seen(id).body("state", equalTo("running"));
        assertThat(Template.versionOf(other)).isEqualTo(Template.version());
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, sqlstate FROM core.company_migrations WHERE company_id = ? AND migration_id = ?::uuid",
                                busy.id(),
                                id))
                .isEqualTo(Map.of("state", "waiting", "sqlstate", "55P03"));
        Admin.get().execute("UPDATE core.company_migrations SET next_try_at = now() WHERE company_id = ?", busy.id());
        fleet.run(OURS);
        seen(id).body("state", equalTo("finished"));
        assertThat(Template.versionOf(busy)).isEqualTo(Template.version());
    }

    @Test
    void a_canary_that_differs_from_the_template_halts_it_before_anybody_else_is_touched() {
        var canary = Api.aCompany("canario");
        var other = Api.aCompany("outra");
        Template.addsTable();
        Admin.get().execute("ALTER TABLE " + canary.schema() + ".services ADD COLUMN deles int");
        String id = started(canary);

        fleet.run(OURS);

        seen(id).body("state", equalTo("halted")).body("reason", containsString("column services.deles"));
        assertThat(Template.versionOf(other)).isLessThan(Template.version());

        Admin.get().execute("ALTER TABLE " + canary.schema() + ".services DROP COLUMN deles");
        Api.owner().post("/v1/fleet-migrations/" + id + "/retry").then().statusCode(200);
        fleet.run(OURS);
        seen(id).body("state", equalTo("finished"));
        assertThat(Template.isEqualIn(other)).isTrue();
    }

    @Test
    void a_company_that_is_behind_receives_leads_meanwhile() {
        var behind = Api.aCompany("atras");
        Template.addsTable();

        Admin.get()
                .query(
                        "SELECT " + behind.schema() + ".fn_receive_lead(?, ?, '{\"title\": \"Lead\"}'::jsonb)",
                        Api.aLead(behind, "Lead"),
                        UUID.randomUUID());

        assertThat(Template.versionOf(behind)).isLessThan(Template.version());
        Api.owner()
                .get(behind.path() + "/deals")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].title", equalTo("Lead"));
    }

    @Test
    void there_is_one_at_a_time_and_a_repeated_request_finds_its_own() {
        var canary = Api.aCompany("canario");
        Template.addsTable();
        String key = UUID.randomUUID().toString();
        Map<String, Object> ask = Map.of("canaryCompanyId", canary.id(), "atOnce", 2);
        String id = Api.owner()
                .header("Idempotency-Key", key)
                .body(ask)
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(201)
                .header("Location", containsString("/v1/fleet-migrations/"))
                .body("atOnce", equalTo(2))
                .extract()
                .path("id");

        Api.owner()
                .header("Idempotency-Key", key)
                .body(ask)
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(201)
                .header("Idempotent-Replay", "true")
                .body("id", equalTo(id));
        Api.owner()
                .header("Idempotency-Key", key)
                .body(Map.of("atOnce", 3))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:idempotency-key-reused"));
        Api.owner()
                .body(ask)
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:fleet-migration-running"));
        fleet.run(OURS);
        Api.owner()
                .get("/v1/fleet-migrations?limit=1")
                .then()
                .body("items[0].id", equalTo(id))
                .body("items[0].state", equalTo("finished"));
        Api.owner()
                .get("/v1/audit")
                .then()
                .body("items.find { it.target == '" + id + "' }.action", equalTo("fleet-migration.start"));
    }

    @Test
    void a_person_halts_it_and_goes_on_with_it() {
        var canary = Api.aCompany("canario");
        Template.addsTable();
        String id = started(canary);

        Api.owner()
                .post("/v1/fleet-migrations/" + id + "/halt")
                .then()
                .statusCode(200)
                .body("state", equalTo("halted"));
        fleet.run(OURS);
        assertThat(Template.versionOf(canary)).isLessThan(Template.version());
        Api.owner().post("/v1/fleet-migrations/" + id + "/halt").then().statusCode(200);
        Api.owner().post("/v1/fleet-migrations/" + id + "/retry").then().statusCode(200);
        fleet.run(OURS);

        seen(id).body("state", equalTo("finished"));
        Api.owner().post("/v1/fleet-migrations/" + id + "/halt").then().statusCode(409);
        Api.owner().post("/v1/fleet-migrations/" + id + "/retry").then().statusCode(409);
    }

    @Test
    void without_anybody_behind_it_is_finished_at_once() {
        Api.owner().body(Map.of()).post("/v1/fleet-migrations").then().statusCode(201);
        fleet.run(OURS);

        Api.owner()
                .body(Map.of())
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(201)
                .body("state", equalTo("finished"))
                .body("canaryCompanyId", equalTo(null));
    }

    @Test
    void only_the_holding_sees_them_and_an_unknown_company_is_no_canary() {
        var company = Api.aCompany("dona");

        Api.as("company_admin", company.id()).get("/v1/fleet-migrations").then().statusCode(403);
        Api.owner().get("/v1/fleet-migrations/" + UUID.randomUUID()).then().statusCode(404);
        Api.owner()
                .body(Map.of("canaryCompanyId", UUID.randomUUID()))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:canary-unknown"));
        Api.owner()
                .body(Map.of("atOnce", 7))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(400);
    }

    /** Of a replica that goes away after it has been asked so often whether it may go on. */
    private static Lease dyingAfter(int questions) {
        var asked = new AtomicInteger();
        return () -> asked.incrementAndGet() <= questions;
    }

    private static String started(Api.Made canary) {
        return Api.owner()
                .body(Map.of("canaryCompanyId", canary.id()))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(201)
                .body("state", equalTo("canary"))
                .extract()
                .path("id");
    }

    private static ValidatableResponse seen(String id) {
        return Api.owner().get("/v1/fleet-migrations/" + id).then().statusCode(200);
    }

    private static ValidatableResponse quarantined(String id) {
        return Api.owner()
                .get("/v1/fleet-migrations/" + id + "/companies?state=quarantined")
                .then()
                .statusCode(200);
    }

    private static Connection connection() throws SQLException {
        var config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("centurions.test.admin-url", String.class),
                config.getValue("centurions.test.admin-user", String.class),
                config.getValue("centurions.test.admin-password", String.class));
    }
}
