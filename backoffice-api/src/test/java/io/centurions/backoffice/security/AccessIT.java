package io.centurions.backoffice.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class AccessIT {

    private static final List<String> PARTS = List.of(
            "",
            "/centurions",
            "/channels",
            "/pixels",
            "/lead-forms",
            "/leads",
            "/deals",
            "/conversions",
            "/audit",
            "/people");

    @Test
    void nobody_gets_in_without_a_token_that_the_issuer_signed() {
        given().get("/v1/companies").then().statusCode(401);
        given().auth().oauth2("x.y.z").get("/v1/companies").then().statusCode(401);
        given().auth()
                .oauth2("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwicm9sZSI6InN1cGVyX2FkbWluIn0.")
                .get("/v1/companies")
                .then()
                .statusCode(401);
    }

    @Test
    void a_role_that_may_not_is_refused() {
        var company = Api.aCompany("papel");

        Api.with(Api.serviceToken("agent-runtime")).get("/v1/companies").then().statusCode(403);
        Api.as("crm_user", company.id()).get(company.path() + "/pixels").then().statusCode(403);
        var admin = Api.as("company_admin", company.id());
        admin.get("/v1/companies").then().statusCode(403);
        Api.as("company_admin", company.id())
                .body(Map.of("name", "Minha"))
                .post("/v1/companies")
                .then()
                .statusCode(403);
        Api.as("company_admin", company.id()).get("/v1/deals").then().statusCode(403);
    }

    @Test
    void an_administrator_sees_the_own_company_and_of_others_not_even_that_they_exist() {
        var own = Api.aCompany("minha");
        var other = Api.aCompany("alheia");

        for (String part : PARTS) {
            Api.as("company_admin", own.id()).get(own.path() + part).then().statusCode(200);
            Api.as("company_admin", own.id())
                    .get(other.path() + part)
                    .then()
                    .statusCode(404)
                    .body("detail", equalTo("company not found"));
        }
        Api.as("company_admin", null).get(own.path()).then().statusCode(404);
    }

    @Test
    void a_thing_of_another_company_is_not_found_under_the_own_one() {
        var own = Api.aCompany("minha");
        var other = Api.aCompany("alheia");
        var foreign = Api.aCenturion(other);
        var lead = Api.aLead(other, "Maria");

        var admin = Api.as("company_admin", own.id());

        admin.get(own.path() + "/centurions/" + foreign).then().statusCode(404);
        Api.owner().get(own.path() + "/leads/" + lead).then().statusCode(404);
        Api.owner().get(other.path() + "/leads/" + lead).then().statusCode(200);
        Api.owner()
                .body(Map.of("channel", "whatsapp", "name", "Zap", "centurionId", foreign))
                .post(own.path() + "/channels")
                .then()
                .statusCode(422);
    }
}
