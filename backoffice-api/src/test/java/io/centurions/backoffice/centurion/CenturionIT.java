package io.centurions.backoffice.centurion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class CenturionIT {

    private static final Map<String, Object> COMPLETE = Map.of(
            "prompt",
            "Você é a Bia.",
            "criteria",
            List.of(Map.of("key", "orcamento", "question", "Qual é o seu orçamento?", "weight", 40, "required", true)),
            "debounce",
            Map.of("quietMs", 150, "longestMs", 1500));

    @Test
    void a_model_that_the_runtime_would_never_ask_is_told_alike_by_a_check_and_when_it_is_published() {
        var company = Api.aCompany("proibida");
        String centurion = company.path() + "/centurions/" + Api.aCenturion(company);
        var config = new HashMap<String, Object>(COMPLETE);
        config.put("model", Map.of("baseUrl", "http://10.0.0.7/v1", "apiKey", "env:PATH"));
        Api.owner().body(Map.of("config", config)).put(centurion).then().statusCode(200);

        for (var check : List.of(
                Api.owner().post(centurion + "/validate"),
                Api.owner().body(Map.of("config", config)).post(company.path() + "/centurions/validate"))) {
            check.then()
                    .statusCode(200)
                    .body("findings.pointer", containsInAnyOrder("/model/baseUrl", "/model/apiKey"));
        }
        Api.owner()
                .post(centurion + "/publish")
                .then()
                .statusCode(422)
                .body("detail", containsString("must be https"))
                .body("detail", containsString("no key of this name"));
    }

    @Test
    void a_draft_is_obeyed_only_once_it_is_published() {
        var company = Api.aCompany("bia");
        var id = Api.aCenturion(company);
        Api.owner()
                .post(company.path() + "/centurions/" + id + "/publish")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:centurion-not-publishable"));
        Api.owner()
                .body(Map.of("config", COMPLETE))
                .put(company.path() + "/centurions/" + id)
                .then()
                .statusCode(200)
                .body("published", nullValue())
                .body("draft.debounce.quietMs", equalTo(150));

        var published = Api.owner().post(company.path() + "/centurions/" + id + "/publish");

        published
                .then()
                .statusCode(200)
                .body("publishedVersion", equalTo(1))
                .body("published.criteria[0].key", equalTo("orcamento"))
                .body("name", equalTo("Bia"));
        var row = Admin.get().queryOne("SELECT * FROM core.centurion_configs WHERE id = ?", id);
        assertThat(row).containsEntry("debounce_quiet_ms", 150).containsEntry("debounce_longest_ms", 1500);
        assertThat(Api.events(company)).contains("centurion.config.updated");
        Api.owner()
                .post(company.path() + "/centurions/" + id + "/publish")
                .then()
                .body("publishedVersion", equalTo(2));
    }

    @Test
    void a_repeat_with_the_same_key_makes_no_second_centurion() {
        var company = Api.aCompany("chave");
        var body = Map.of("name", "Bia", "config", COMPLETE);
        String first = Api.owner()
                .header("Idempotency-Key", "k1")
                .body(body)
                .post(company.path() + "/centurions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        var repeat = Api.owner().header("Idempotency-Key", "k1").body(body).post(company.path() + "/centurions");

        repeat.then().statusCode(201).body("id", equalTo(first)).header("Idempotent-Replay", "true");
        Api.owner()
                .get(company.path() + "/centurions")
                .then()
                .body("items.findAll { it.name == 'Bia' }.size()", equalTo(1));
        Api.owner()
                .header("Idempotency-Key", "k1")
                .body(Map.of("name", "Lia", "config", COMPLETE))
                .post(company.path() + "/centurions")
                .then()
                .statusCode(409);
    }

    @Test
    void a_key_of_a_model_is_a_reference_never_the_key() {
        var company = Api.aCompany("modelo");
        var config = Map.of("prompt", "Bia", "model", Map.of("apiKey", "sk-123"));

        Api.owner()
                .body(Map.of("name", "Bia", "config", config))
                .post(company.path() + "/centurions")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("config.model.apiKey"));
    }
}
