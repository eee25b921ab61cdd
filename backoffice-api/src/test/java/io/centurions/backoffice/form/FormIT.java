package io.centurions.backoffice.form;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FormIT {

    @Test
    void a_form_is_changed_by_who_knows_its_version_and_keeps_its_key() {
        var company = Api.aCompany("form");
        Response form = aForm(company);
        String one = company.path() + "/lead-forms/" + form.path("id");
        Api.owner().body(Map.of("name", "Outra")).put(one).then().statusCode(428);

        Api.owner()
                .header("If-Match", "\"1\"")
                .body(Map.of("name", "Outra", "fieldMap", Map.of("phone", "telefone"), "enabled", false))
                .put(one)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("key", equalTo(form.path("key")))
                .body("instanceId", equalTo(form.path("instanceId")))
                .body("fieldMap.phone", equalTo("telefone"));

        submit(form.path("key")).then().statusCode(404);
        Api.owner()
                .header("If-Match", "\"1\"")
                .body(Map.of("name", "Velha"))
                .put(one)
                .then()
                .statusCode(412);
        Api.owner()
                .header("If-Match", "\"2\"")
                .body(Map.of("name", "Outra"))
                .put(one)
                .then()
                .statusCode(200);
        submit(form.path("key")).then().statusCode(202);
    }

    @Test
    void a_form_writes_from_an_instance_of_its_own_company() {
        var company = Api.aCompany("form");
        String one = company.path() + "/lead-forms/" + aForm(company).path("id");
        var foreign = Api.aWhatsapp(Api.aCompany("alheia"));

        Api.owner()
                .header("If-Match", "\"1\"")
                .body(Map.of("name", "Outra", "instanceId", foreign))
                .put(one)
                .then()
                .statusCode(422);
    }

    @Test
    void a_form_is_removed_until_a_lead_has_come_by_it() {
        var company = Api.aCompany("form");
        Response unused = aForm(company);
        String one = company.path() + "/lead-forms/" + unused.path("id");

        Api.owner().header("If-Match", "\"1\"").delete(one).then().statusCode(204);

        Api.owner().get(one).then().statusCode(404);
        submit(unused.path("key")).then().statusCode(404);
        Response used = aForm(company);
        submit(used.path("key")).then().statusCode(202);
        Api.owner()
                .header("If-Match", "\"1\"")
                .delete(company.path() + "/lead-forms/" + used.path("id"))
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:form-has-leads"));
        assertThat(Api.events(company)).filteredOn("settings.changed"::equals).hasSizeGreaterThan(2);
    }

    @Test
    void a_form_of_another_company_is_not_there() {
        var own = Api.aCompany("propria");
        String hidden =
                own.path() + "/lead-forms/" + aForm(Api.aCompany("alheia")).path("id");

        Api.owner().get(hidden).then().statusCode(404);
        Api.owner()
                .header("If-Match", "*")
                .body(Map.of("name", "Minha"))
                .put(hidden)
                .then()
                .statusCode(404);
        Api.owner().header("If-Match", "*").delete(hidden).then().statusCode(404);
    }

    private static Response aForm(Api.Made company) {
        Api.aWhatsapp(company);
        return Api.owner().body(Map.of("name", "Landing")).post(company.path() + "/lead-forms");
    }

    private static Response submit(String key) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("phone", "11977776666", "name", "Ana"))
                .post("/public/leads/" + key);
    }
}
