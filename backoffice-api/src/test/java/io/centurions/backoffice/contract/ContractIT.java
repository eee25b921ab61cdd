package io.centurions.backoffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ContractIT {

    @Inject
    Database database;

    @Test
    void a_contract_is_asked_for_with_what_the_deal_is_worth_and_whose_it_is() {
        var company = Api.aCompany("papel");
        UUID lead = Api.aLead(company, "Maria");
        UUID deal = aDeal(company, lead);
        UUID template = UUID.randomUUID();

        var made = Api.owner()
                .header("Idempotency-Key", "c1")
                .body(Map.of(
                        "templateId",
                        template,
                        "fields",
                        Map.of("nome", "Maria"),
                        "signers",
                        List.of(Map.of("name", "Maria", "email", "maria@cliente.example"))))
                .post(company.path() + "/deals/" + deal + "/contracts");

        made.then().statusCode(201).body("id", notNullValue()).body("status", equalTo("draft"));
        var call = Api.neighbourCalls("/internal/companies/" + company.id() + "/contracts")
                .getFirst();
        var asked = new JsonObject(call.getString("body"));
        assertThat(call.getString("authorization")).startsWith("Bearer ");
        assertThat(asked.getString("dealId")).isEqualTo(deal.toString());
        assertThat(asked.getString("leadId")).isEqualTo(lead.toString());
        assertThat(asked.getLong("valueCents")).isEqualTo(9900);
        assertThat(asked.getString("currency")).isEqualTo("BRL");
        assertThat(asked.getString("idempotencyKey")).isEqualTo("c1");
        Api.owner()
                .get(company.path() + "/audit?action=contract.create")
                .then()
                .body("items.after.state", contains("done", "asked"))
                .body("items.target", contains(made.path("id"), deal.toString()))
                .body("items[0].after.status", equalTo("draft"));
    }

    @Test
    void a_template_goes_on_as_it_is() {
        var company = Api.aCompany("modelo");

        Api.owner()
                .body(Map.of("name", "Proposta", "body", "Olá {{nome}}"))
                .post(company.path() + "/contract-templates")
                .then()
                .statusCode(201)
                .body("name", equalTo("Proposta"))
                .body("id", notNullValue());
    }

    @Test
    void a_template_with_a_field_that_is_not_asked_for_is_refused_here() {
        var company = Api.aCompany("sobra");

        Api.owner()
                .body(Map.of("name", "Proposta", "body", "Olá {{nome}}", "feilds", List.of("nome")))
                .post(company.path() + "/contract-templates")
                .then()
                .statusCode(400)
                .body("errors.field", contains("feilds"));

        assertThat(Api.neighbourCalls("/internal/companies/" + company.id() + "/templates"))
                .isEmpty();
    }

    @Test
    void a_repeat_reads_the_version_that_it_wrote_and_brings_no_old_text_back() {
        var company = Api.aCompany("volta");
        String templates = company.path() + "/contract-templates";
        var first = Map.of("name", "Proposta", "body", "Olá {{nome}}");
        String id = Api.owner()
                .header("Idempotency-Key", "t1")
                .body(first)
                .post(templates)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        Api.owner()
                .body(Map.of("name", "Proposta", "body", "Bom dia {{nome}}"))
                .post(templates)
                .then()
                .statusCode(201);

        Api.owner()
                .header("Idempotency-Key", "t1")
                .body(first)
                .post(templates)
                .then()
                .statusCode(200)
                .header("Idempotent-Replay", equalTo("true"))
                .body("id", equalTo(id));

        assertThat(Api.neighbourCalls("/internal/companies/" + company.id() + "/templates"))
                .extracting(call -> call.getString("method"))
                .containsExactly("POST", "POST", "GET");
    }

    @Test
    void what_the_neighbour_refuses_is_told_and_what_it_cannot_do_may_be_repeated() {
        var company = Api.aCompany("recusa");
        UUID deal = aDeal(company, Api.aLead(company, "Maria"));
        var ask = Map.of("templateId", UUID.randomUUID(), "signers", List.of(Map.of("name", "Maria")));

        Api.failNextNeighbourCall(422);
        Api.owner()
                .body(ask)
                .post(company.path() + "/deals/" + deal + "/contracts")
                .then()
                .statusCode(422);
        Api.failNextNeighbourCall(500);
        Api.owner()
                .body(ask)
                .post(company.path() + "/deals/" + deal + "/contracts")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue());
        Api.owner()
                .get(company.path() + "/audit?action=contract.create")
                .then()
                .body("items.after.state", contains("asked", "refused", "asked"))
                .body("items[1].after.answer", equalTo(422));
        Api.owner()
                .get(company.path() + "/contracts/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        Api.owner()
                .body(ask)
                .post(company.path() + "/deals/" + UUID.randomUUID() + "/contracts")
                .then()
                .statusCode(404);
    }

    private UUID aDeal(Api.Made company, UUID lead) {
        return database.asCompany(
                CompanyId.of(company.id()),
                tx -> tx.first(
                                "INSERT INTO " + company.schema()
                                        + ".deals (core_lead_id, title, value_cents)"
                                        + " VALUES ($1, 'Maria', 9900) RETURNING id",
                                lead)
                        .orElseThrow()
                        .getUUID("id"));
    }
}
