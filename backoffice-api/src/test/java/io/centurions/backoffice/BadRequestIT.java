package io.centurions.backoffice;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request is 400 and named as the caller wrote it; nothing of our methods and types is told. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class BadRequestIT {

    @ParameterizedTest
    @CsvSource({
        "/v1/companies, limit, abc",
        "/v1/companies, limit, 99999999999",
        "/v1/companies, limit, 0",
        "/v1/deals, limit, 1.5",
        "/v1/audit, limit, 201",
        "/v1/parked-events, company, abc",
        "/v1/parked-webhooks, company, abc"
    })
    void a_query_parameter_that_cannot_be_read_is_named(String path, String parameter, String value) {
        refused(Api.owner().queryParam(parameter, value).get(path).then(), parameter);
    }

    @Test
    void a_text_in_the_query_is_named_too() {
        refused(
                Api.owner()
                        .queryParam("stream", "s".repeat(101))
                        .get("/v1/parked-events")
                        .then(),
                "stream");
    }

    @Test
    void a_filter_that_no_row_can_have_is_refused_with_what_is_allowed() {
        var company = Api.aCompany("filtro");

        for (String path : List.of("/v1/deals", company.path() + "/deals")) {
            refused(Api.owner().get(path + "?status=bogus").then(), "status")
                    .body("errors[0].message", containsString("open|won|lost"));
            Api.owner().get(path + "?status=won").then().statusCode(200);
        }
        refused(Api.owner().get("/v1/companies?status=bogus").then(), "status")
                .body("errors[0].message", containsString("provisioning|active|failed|suspended|archived"));
        refused(Api.owner().get(company.path() + "/leads?stage=bogus").then(), "stage")
                .body("errors[0].message", containsString("new|engaged|qualified|disqualified"));
        Api.owner().get(company.path() + "/leads?stage=new").then().statusCode(200);
    }

    @Test
    void a_path_that_cannot_be_read_leads_nowhere() {
        Api.owner().get("/v1/companies/abc").then().statusCode(404).body("title", equalTo("Not found"));
        Api.owner().get("/v1/parked-events/agent-runtime/abc").then().statusCode(404);
    }

    @Test
    void a_field_is_named_by_its_place_in_the_json() {
        refused(
                Api.owner()
                        .body("{\"ids\":[null]}")
                        .post("/v1/parked-events/reprocess")
                        .then(),
                "ids[0]");
        Api.owner()
                .body(Map.of("ids", List.of(UUID.randomUUID(), "abc")))
                .post("/v1/parked-events/reprocess")
                .then()
                .statusCode(400)
                .body("detail", allOf(containsString(" at ids[1]"), not(containsString("abc"))));
        Api.owner()
                .body("[]")
                .post("/v1/parked-events/reprocess")
                .then()
                .statusCode(400)
                .body("detail", equalTo("the body is not the JSON that is expected"));
    }

    @Test
    void a_body_that_is_missing_is_called_the_body() {
        refused(Api.owner().post("/v1/parked-events/reprocess").then(), "body");
    }

    private static ValidatableResponse refused(ValidatableResponse answer, String place) {
        return answer.statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:centurions:problem:invalid"))
                .body("errors.field", equalTo(List.of(place)))
                .body("detail", equalTo("not valid: " + place));
    }
}
