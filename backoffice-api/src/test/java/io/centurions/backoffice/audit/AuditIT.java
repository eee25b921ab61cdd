package io.centurions.backoffice.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class AuditIT {

    @Test
    void a_change_is_kept_with_who_from_where_and_the_request_that_asked() {
        var company = Api.aCompany("trilha");
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        Api.owner()
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .body(Map.of("datasetId", "1234567890", "accessToken", "planted-token"))
                .post(company.path() + "/pixels")
                .then()
                .statusCode(201);

        Api.owner()
                .get(company.path() + "/audit?request=" + trace)
                .then()
                .statusCode(200)
                .body("items.action", contains("pixel.create"))
                .body("items[0].requestId", equalTo(trace))
                .body("items[0].address", matchesPattern("[0-9a-f.:]+"))
                .body("items[0].actor", notNullValue())
                .body("items[0].after.datasetId", equalTo("1234567890"));
    }

    @Test
    void the_trail_is_searched_by_thing_act_person_and_time() {
        var company = Api.aCompany("busca");
        var centurion = Api.aCenturion(company);
        Api.owner()
                .body(Map.of("config", Map.of("prompt", "Bia")))
                .put(company.path() + "/centurions/" + centurion)
                .then()
                .statusCode(200);
        Api.as("company_admin", company.id())
                .body(Map.of("datasetId", "1234567890"))
                .post(company.path() + "/pixels")
                .then()
                .statusCode(201);
        String audit = company.path() + "/audit";

        Api.owner()
                .get(audit + "?target=" + centurion)
                .then()
                .body("items.action", contains("centurion.draft", "centurion.create"));
        Api.owner().get(audit + "?action=centurion").then().body("items.action", everyItem(startsWith("centurion.")));
        String actor = Api.owner()
                .get(audit + "?action=pixel.create")
                .then()
                .body("items.actorRole", contains("company_admin"))
                .extract()
                .path("items[0].actor");
        Api.owner().get(audit + "?actor=" + actor).then().body("items.action", contains("pixel.create"));
        Api.owner().get(audit + "?to=2020-01-01T00:00:00Z").then().body("items", hasSize(0));
        Api.owner()
                .get(audit + "?from=2020-01-01T00:00:00Z&limit=1")
                .then()
                .body("items", hasSize(1))
                .body("nextCursor", notNullValue());
        Api.owner().get(audit + "?action=DROP").then().statusCode(400);
        Api.owner().get(audit + "?from=yesterday").then().statusCode(400).body("errors[0].field", equalTo("from"));
    }

    @Test
    void what_belongs_to_no_company_is_kept_and_searched_in_the_same_way() {
        Api.owner().post("/v1/key-ring/reseal").then().statusCode(200);

        Api.owner()
                .get("/v1/audit?action=key-ring&limit=1")
                .then()
                .statusCode(200)
                .body("items.action", contains("key-ring.reseal"))
                .body("items[0].address", matchesPattern("[0-9a-f.:]+"))
                .body("items[0].requestId", matchesPattern("[0-9a-f]{32}"));
        Api.owner().get("/v1/audit?action=nothing-such").then().body("items", hasSize(0));
    }

    @Test
    void nobody_can_alter_what_was_kept() {
        for (String table : new String[] {"core.audit_log", "core.holding_audit"}) {
            assertThat(Admin.get()
                            .queryOne(
                                    "SELECT has_table_privilege('backoffice_app', ?, 'UPDATE,DELETE,TRUNCATE') AS may",
                                    table))
                    .containsEntry("may", false);
        }
    }
}
