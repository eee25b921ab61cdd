package io.centurions.autentique.contract;

import static io.centurions.autentique.Api.asService;
import static io.centurions.autentique.Api.contractRequest;
import static io.centurions.autentique.Api.open;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.autentique.Api;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ContractApiIT {

    private CompanyId company;

    @BeforeEach
    void a_company() {
        company = Companies.make("contrata").company();
    }

    @Test
    void only_our_own_services_are_let_in() {
        given().get("/internal/companies/{c}/contracts/{id}", company.value(), UUID.randomUUID())
                .then()
                .statusCode(401);
        Api.asOwner()
                .get("/internal/companies/{c}/contracts/{id}", company.value(), UUID.randomUUID())
                .then()
                .statusCode(403);
    }

    @Test
    void the_same_text_is_the_same_version_and_another_text_the_next() {
        var first = template("Proposta", "Olá {{nome}}");
        var again = template("Proposta", "Olá {{nome}}");
        var next = template("Proposta", "Olá {{nome}}, até {{prazo}}");

        first.then().statusCode(201);
        again.then().statusCode(200);
        assertThat(again.jsonPath().getUUID("id")).isEqualTo(first.jsonPath().getUUID("id"));
        assertThat(next.jsonPath().getInt("version")).isEqualTo(2);
        assertThat(next.jsonPath().getList("fields")).isEqualTo(List.of("nome", "prazo"));
    }

    @Test
    void an_id_is_written_once_whatever_was_written_since_and_never_for_another_text() {
        UUID id = UUID.randomUUID();
        template(id, "Olá {{nome}}").then().statusCode(201).body("id", equalTo(id.toString()));
        template("Proposta", "Bom dia {{nome}}").then().statusCode(201).body("version", equalTo(2));

        template(id, "Olá {{nome}}")
                .then()
                .statusCode(200)
                .body("id", equalTo(id.toString()))
                .body("version", equalTo(1));
        template(id, "Boa tarde {{nome}}")
                .then()
                .statusCode(409)
                .body("type", org.hamcrest.Matchers.endsWith("idempotency-key-reused"));
        assertThat(versions()).isEqualTo(2);
    }

    @Test
    void of_many_who_write_the_same_at_once_one_writes_it_and_the_others_are_given_it() throws Exception {
        for (int round = 1; round <= 30; round++) {
            UUID id = UUID.randomUUID();
            String body = "Olá {{nome}}, " + round;
            List<Callable<Integer>> writers = new ArrayList<>();
            writers.addAll(Collections.nCopies(3, () -> template(id, body).statusCode()));
            writers.addAll(
                    Collections.nCopies(3, () -> template("Proposta", body).statusCode()));
            var told = new ArrayList<Integer>();
            try (var threads = Executors.newFixedThreadPool(writers.size())) {
                for (var answer : threads.invokeAll(writers)) {
                    told.add(answer.get());
                }
            }

            assertThat(told).containsOnly(200, 201).containsOnlyOnce(201);
            assertThat(versions()).isEqualTo(round);
        }
    }

    private long versions() {
        return Admin.get().count("SELECT count(*) FROM core.contract_templates WHERE company_id = ?", company.value());
    }

    private io.restassured.response.Response template(UUID id, String body) {
        return asService()
                .queryParam("id", id)
                .body(Map.of("name", "Proposta", "body", body))
                .post("/internal/companies/{c}/templates", company.value());
    }

    @Test
    void a_template_with_broken_braces_is_refused() {
        template("Proposta", "Olá {{nome}")
                .then()
                .statusCode(422)
                .body("type", org.hamcrest.Matchers.endsWith("template-broken"));
    }

    @Test
    void the_same_request_is_the_same_contract_and_another_content_under_its_key_is_refused() {
        var request = contractRequest(Api.template(company), "chave-1");
        var other = new HashMap<>(request);
        other.put("valueCents", 1);

        var first = open(company, request);
        var again = open(company, request);

        first.then().statusCode(201);
        again.then().statusCode(200);
        assertThat(again.jsonPath().getUUID("id")).isEqualTo(first.jsonPath().getUUID("id"));
        open(company, other).then().statusCode(409);
        assertThat(Admin.get().count("SELECT count(*) FROM core.contracts WHERE company_id = ?", company.value()))
                .isOne();
    }

    @Test
    void a_contract_lacks_nothing_that_its_template_needs() {
        var request = new HashMap<>(contractRequest(Api.template(company), "chave-2"));
        request.put("fields", Map.of("nome", "Maria"));

        var refused = open(company, request);

        refused.then().statusCode(422).contentType("application/problem+json");
        assertThat(refused.jsonPath().getString("detail")).contains("valor");
    }

    @Test
    void a_signer_must_be_reachable_as_asked() {
        var request = new HashMap<>(contractRequest(Api.template(company), "chave-3"));
        request.put("signers", List.of(Map.of("name", "Maria", "delivery", "whatsapp")));

        open(company, request).then().statusCode(422);
    }

    @Test
    void bad_input_is_refused_at_the_edge() {
        asService()
                .body("{\"dealId\":")
                .post("/internal/companies/{c}/contracts", company.value())
                .then()
                .statusCode(400);
        asService()
                .body("{}")
                .post("/internal/companies/{c}/contracts", company.value())
                .then()
                .statusCode(400);
    }

    @Test
    void what_belongs_to_another_company_is_not_there() {
        CompanyId other = Companies.make("outra").company();
        UUID template = Api.template(company);
        UUID contract =
                open(company, contractRequest(template, "chave-4")).jsonPath().getUUID("id");

        asService()
                .get("/internal/companies/{c}/contracts/{id}", other.value(), contract)
                .then()
                .statusCode(404);
        asService()
                .post("/internal/companies/{c}/contracts/{id}/cancel", other.value(), contract)
                .then()
                .statusCode(404);
        open(other, contractRequest(template, "chave-5")).then().statusCode(404);
        open(CompanyId.random(), contractRequest(template, "chave-6")).then().statusCode(404);
    }

    @Test
    void a_version_is_read_as_it_was_written_and_by_its_company_alone() {
        String first = template("Proposta", "Olá {{nome}}").path("id");
        template("Proposta", "Bom dia {{nome}}").then().statusCode(201);
        String path = "/internal/companies/{c}/templates/" + first;

        asService()
                .get(path, company.value())
                .then()
                .statusCode(200)
                .body("id", equalTo(first))
                .body("version", equalTo(1));
        asService().get(path, CompanyId.random().value()).then().statusCode(404);
    }

    @Test
    void a_suspended_company_sends_nothing() {
        UUID template = Api.template(company);
        Admin.get().execute("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.value());

        open(company, contractRequest(template, "chave-7")).then().statusCode(409);
    }

    private io.restassured.response.Response template(String name, String body) {
        return asService()
                .body(Map.of("name", name, "body", body))
                .post("/internal/companies/{c}/templates", company.value());
    }
}
