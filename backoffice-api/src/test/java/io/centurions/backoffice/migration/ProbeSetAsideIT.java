package io.centurions.backoffice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Companies of the isolation probe are in no list, until one of them stands in the way of a migration. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ProbeSetAsideIT {

    @Inject
    MigrateFleet fleet;

    private Api.Made first;
    private Api.Made broken;
    private Api.Made whole;
    private String table;

    @BeforeEach
    void two_of_the_probe_of_which_one_cannot_be_migrated() {
        Admin.get().execute("UPDATE core.fleet_migrations SET state = 'halted' WHERE state IN ('canary', 'running')");
        first = Api.aCompany("primeira");
        broken = ofProbe("torta");
        whole = ofProbe("inteira");
        table = Template.addsTable();
        Admin.get().execute("CREATE TABLE " + broken.schema() + "." + table + " (n int)");
    }

    @Test
    void whoever_stands_in_the_way_is_named_with_the_reason_and_reached_by_a_retry() {
        String id = migrated();

        seen(id, "")
                .body("state", equalTo("incomplete"))
                .body("quarantined", equalTo(1))
                .body("quarantinedOfProbe", equalTo(1));
        seen(id, "/companies?state=quarantined")
                .body("items.companyId", contains(broken.id().toString()))
                .body("items[0].ofProbe", equalTo(true))
                .body("items[0].sqlState", equalTo("42P07"))
                .body("items[0].reason", startsWith("step " + Template.version() + " (" + table + ")"));
        assertThat(listed(id))
                .containsEntry(broken.id().toString(), true)
                .containsEntry(first.id().toString(), false)
                .doesNotContainKey(whole.id().toString());
        Api.owner().get(broken.path()).then().statusCode(404);

        mended();
        Api.owner().post("/v1/fleet-migrations/" + id + "/retry").then().statusCode(200);
        fleet.run(() -> true);

        seen(id, "").body("state", equalTo("finished")).body("quarantined", equalTo(0));
        assertThat(listed(id))
                .containsKey(first.id().toString())
                .doesNotContainKey(broken.id().toString());
    }

    @Test
    void whoever_was_migrated_by_a_later_one_is_hidden_again() {
        String id = migrated();
        seen(id, "/companies?state=quarantined")
                .body("items.companyId", contains(broken.id().toString()));

        mended();
        seen(migrated(), "").body("state", equalTo("finished"));

        assertThat(listed(id))
                .containsKey(first.id().toString())
                .doesNotContainKey(broken.id().toString());
    }

    @Test
    void they_go_ahead_by_themselves_where_nobody_else_is_behind() {
        assertThatThrownBy(() -> Admin.get().execute("""
                        DO $$
                        DECLARE
                            migration CONSTANT uuid := gen_random_uuid();
                        BEGIN
                            UPDATE core.company_crms SET template_version = (SELECT template_version FROM core.template_state)
                             WHERE company_id IN (SELECT id FROM core.companies WHERE NOT canary);
                            PERFORM core.start_fleet_migration_v1(migration, NULL, 1, 'x', NULL, NULL);
                            RAISE EXCEPTION 'undone, state %', (SELECT state FROM core.fleet_migrations WHERE id = migration);
                        END
                        $$
                        """)).hasStackTraceContaining("undone, state canary");
    }

    private static Api.Made ofProbe(String word) {
        var company = Api.aCompany(word);
        Admin.get().execute("UPDATE core.companies SET canary = true WHERE id = ?", company.id());
        return company;
    }

    @AfterEach
    void mended() {
        Admin.get().execute("DROP TABLE IF EXISTS " + broken.schema() + "." + table);
    }

    private String migrated() {
        String id = Api.owner()
                .body(Map.of("canaryCompanyId", first.id()))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        fleet.run(() -> true);
        return id;
    }

    // Whether each company is one of the probe, over all pages.
    private static Map<String, Boolean> listed(String id) {
        Map<String, Boolean> all = new HashMap<>();
        String cursor = null;
        do {
            var page = seen(id, "/companies?limit=200" + (cursor == null ? "" : "&cursor=" + cursor))
                    .extract()
                    .jsonPath();
            List<String> companies = page.getList("items.companyId");
            List<Boolean> ofProbe = page.getList("items.ofProbe");
            for (int i = 0; i < companies.size(); i++) {
                all.put(companies.get(i), ofProbe.get(i));
            }
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return all;
    }

    private static ValidatableResponse seen(String id, String more) {
        return Api.owner().get("/v1/fleet-migrations/" + id + more).then().statusCode(200);
    }
}
