package io.centurions.backoffice.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class PlanIT {

    @Test
    void a_plan_is_made_once_under_its_name_and_changed_by_whoever_read_it_last() {
        String name = Api.unique("Cem");
        String id = made(name, Map.of("leads", block(100)));

        Api.owner()
                .body(Map.of("name", name, "limits", Map.of()))
                .post("/v1/plans")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:name-taken"));
        var wanted = Map.of("name", name, "limits", Map.of("people", block(3)));
        Api.owner().body(wanted).put("/v1/plans/" + id).then().statusCode(428);
        Api.as("backoffice_admin", null)
                .header("If-Match", "\"1\"")
                .body(wanted)
                .put("/v1/plans/" + id)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("limits.people.most", equalTo(3))
                .body("limits.leads", nullValue());
        Api.owner()
                .header("If-Match", "\"1\"")
                .body(wanted)
                .put("/v1/plans/" + id)
                .then()
                .statusCode(412);
        Api.owner().get("/v1/plans").then().statusCode(200).body("items.id", hasItem(id));
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.holding_audit WHERE target = ? AND action IN ('plan.create', 'plan.change')",
                                UUID.fromString(id)))
                .isEqualTo(2);
    }

    @Test
    void a_plan_that_is_renamed_to_anothers_name_is_refused() {
        String taken = Api.unique("Um");
        made(taken, Map.of());
        String id = made(Api.unique("Dois"), Map.of());

        Api.owner()
                .header("If-Match", "*")
                .body(Map.of("name", taken, "limits", Map.of()))
                .put("/v1/plans/" + id)
                .then()
                .statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"leads\": {\"most\": -1, \"then\": \"block\"}}",
                "{\"leads\": {\"most\": 1, \"then\": \"explode\"}}",
                "{\"leads\": {\"most\": 1}}",
                "{\"people\": {\"most\": 9000000000000000, \"then\": \"block\"}}"
            })
    void a_limit_that_means_nothing_is_refused(String limits) {
        Api.owner()
                .body("{\"name\": \"" + Api.unique("x") + "\", \"limits\": " + limits + "}")
                .post("/v1/plans")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:centurions:problem:invalid"));
    }

    @Test
    void a_company_is_on_a_plan_with_exceptions_each_by_itself() {
        var company = Api.aCompany("plano");
        String plan = made(Api.unique("Base"), Map.of("leads", block(100), "people", block(3)));
        Map<String, Object> lifted = new HashMap<>();
        lifted.put("most", null);
        lifted.put("then", "allow");

        Api.owner()
                .get(company.path() + "/plan")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"0\""))
                .body("planId", nullValue())
                .body("effective.leads", nullValue());
        Api.owner()
                .header("If-Match", "\"0\"")
                .body(Map.of("planId", plan, "limits", Map.of("people", lifted, "instances", block(2))))
                .put(company.path() + "/plan")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("planId", equalTo(plan))
                .body("limits.leads", nullValue())
                .body("effective.leads.most", equalTo(100))
                .body("effective.people.most", nullValue())
                .body("effective.people.then", equalTo("allow"))
                .body("effective.instances.most", equalTo(2));
        Api.owner()
                .header("If-Match", "\"0\"")
                .body(Map.of())
                .put(company.path() + "/plan")
                .then()
                .statusCode(412);

        assertThat(Api.events(company)).contains("settings.changed");
        Api.owner().get(company.path() + "/audit").then().body("items.action", hasItem("company.plan"));
        Api.as("company_admin", company.id())
                .get(company.path() + "/plan")
                .then()
                .statusCode(403);
    }

    @Test
    void a_plan_that_is_not_there_is_refused_and_nothing_is_changed() {
        var company = Api.aCompany("vazio");

        Api.owner()
                .header("If-Match", "\"0\"")
                .body(Map.of("planId", UUID.randomUUID()))
                .put(company.path() + "/plan")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:plan-unknown"));

        Api.owner().get(company.path() + "/plan").then().body("version", equalTo(0));
    }

    private static String made(String name, Map<String, Object> limits) {
        return Api.owner()
                .body(Map.of("name", name, "limits", limits))
                .post("/v1/plans")
                .then()
                .statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .extract()
                .path("id");
    }

    private static Map<String, Object> block(int most) {
        return Map.of("most", most, "then", "block");
    }
}
