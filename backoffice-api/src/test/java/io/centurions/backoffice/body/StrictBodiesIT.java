package io.centurions.backoffice.body;

import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class StrictBodiesIT {

    @Test
    void a_number_is_a_whole_number_or_refused() {
        for (var limit : Map.of("5", 201, "5.9", 400, "\"5\"", 400, "true", 400, "\"\"", 400)
                .entrySet()) {
            Api.owner()
                    .body("{\"name\":\"%s\",\"limits\":{\"people\":{\"most\":%s,\"then\":\"block\"}}}"
                            .formatted(Api.unique("plano"), limit.getKey()))
                    .post("/v1/plans")
                    .then()
                    .statusCode(limit.getValue());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/plans            | {'name':5,'limits':{}}                                                   | name",
                "/v1/plans            | {'name':5.9,'limits':{}}                                                 | name",
                "/v1/plans            | {'name':true,'limits':{}}                                                | name",
                "/v1/webhooks/rebuild | {'service':'agent-runtime','from':1793491200,'to':'2026-11-01T00:00:00Z'} | from",
                "/v1/webhooks/rebuild | {'service':'agent-runtime','instanceId':7}                               | instanceId"
            })
    void a_text_is_no_number_and_no_yes(String path, String body, String place) {
        Api.owner()
                .body(body.replace('\'', '"'))
                .post(path)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:centurions:problem:malformed-json"))
                .body("detail", endsWith(" at " + place));
    }

    @Test
    void a_misspelt_field_takes_nothing_back() {
        var company = Api.aCompany("letra");
        Api.aWhatsapp(company);
        String form = Api.owner()
                .body(Map.of("name", "Landing", "guard", Map.of("origins", List.of("https://a.example"))))
                .post(company.path() + "/lead-forms")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        for (String body : List.of(
                "{\"name\":\"Landing\",\"gaurd\":{\"origins\":[]}}",
                "{\"name\":\"Landing\",\"guard\":{\"origin\":[]}}",
                "{\"name\":\"Landing\",\"guard\":{\"origins\":[\"https://a.example\"]},\"guard\":null}",
                "{\"name\":\"Landing\"}{\"name\":\"Outra\"}")) {
            Api.owner()
                    .header("If-Match", "*")
                    .body(body)
                    .put(company.path() + "/lead-forms/" + form)
                    .then()
                    .statusCode(400);
        }

        Api.owner()
                .get(company.path() + "/lead-forms/" + form)
                .then()
                .body("guard.origins", equalTo(List.of("https://a.example")))
                .body("version", equalTo(1));
    }
}
