package io.centurions.backoffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One key, whatever comes with it at once, and wherever the first request broke off. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ContractOnceIT {

    private static final String REUSED = "urn:centurions:problem:idempotency-key-reused";
    private static final Map<String, String> ONE = Map.of("name", "Proposta", "body", "Olá {{nome}}");
    private static final Map<String, String> OTHER = Map.of("name", "Proposta", "body", "Bom dia {{nome}}");

    private final String key = UUID.randomUUID().toString();

    @Test
    void of_two_texts_under_one_key_at_once_one_is_written_and_the_other_refused() throws Exception {
        var company = Api.aCompany("dois");
        String templates = company.path() + "/contract-templates";

        for (int round = 0; round < 5; round++) {
            String both = key + round;
            var answers = atOnce(List.of(
                    () -> send(templates, both, ONE),
                    () -> send(templates, both, OTHER),
                    () -> send(templates, both, Map.of("name", "Contrato", "body", "Oi"))));

            assertThat(answers).filteredOn(answer -> answer.statusCode() < 300).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 409)
                    .hasSize(2)
                    .allSatisfy(
                            answer -> assertThat(answer.<String>path("type")).isEqualTo(REUSED));
        }
        assertThat(asked(company, "/templates")).hasSize(5);
    }

    @Test
    void of_many_who_ask_the_same_at_once_one_is_told_that_it_was_done() throws Exception {
        var company = Api.aCompany("quatro");
        String contracts = contracts(company);
        Map<String, ?> contract = Map.of("templateId", new UUID(0, 1), "signers", List.of(Map.of("name", "Bia")));

        String template = toldOnce(company.path() + "/contract-templates", ONE, 201, 200);
        String made = toldOnce(contracts, contract, 201, 200);
        toldOnce(company.path() + "/contracts/" + made + "/cancel", null, 202, 202);

        assertThat(template).isNotEqualTo(made);
        for (String action : List.of("contract-template.write", "contract.create", "contract.cancel")) {
            Api.owner()
                    .get(company.path() + "/audit?action=" + action)
                    .then()
                    .body("items.after.state", containsInAnyOrder("asked", "done"));
        }
        assertThat(Admin.get()
                        .query("SELECT operation, done FROM core.idempotency_keys WHERE company_id = ?", company.id()))
                .extracting(row -> row.get("operation"), row -> row.get("done"))
                .contains(
                        tuple("contract-template.write", true),
                        tuple("contract.create", true),
                        tuple("contract.cancel", true))
                .hasSize(3);
    }

    @Test
    void a_request_that_died_before_its_end_was_kept_is_ended_by_its_repeat() {
        var company = Api.aCompany("morte");
        String templates = company.path() + "/contract-templates";
        String id = send(templates, key, ONE).then().statusCode(201).extract().path("id");
        Admin.get()
                .execute(
                        "UPDATE core.idempotency_keys SET done = false WHERE company_id = ? AND operation = 'contract-template.write'",
                        company.id());
        send(templates, UUID.randomUUID().toString(), OTHER).then().statusCode(201);

        send(templates, key, OTHER).then().statusCode(409).body("type", equalTo(REUSED));
        send(templates, key, ONE)
                .then()
                .statusCode(201)
                .header("Idempotent-Replay", nullValue())
                .body("id", equalTo(id));
        send(templates, key, ONE)
                .then()
                .statusCode(200)
                .header("Idempotent-Replay", "true")
                .body("id", equalTo(id));

        assertThat(asked(company, "/templates")).hasSize(3);
    }

    @Test
    void a_key_is_free_for_a_mended_request_when_the_first_was_refused_and_held_while_nobody_knows() {
        var company = Api.aCompany("livre");
        String templates = company.path() + "/contract-templates";

        Api.failNextNeighbourCall(422);
        send(templates, key, OTHER).then().statusCode(422);
        Api.failNextNeighbourCall(500);
        send(templates, key, ONE).then().statusCode(503);
        send(templates, key, OTHER).then().statusCode(409).body("type", equalTo(REUSED));
        send(templates, key, ONE).then().statusCode(201).header("Idempotent-Replay", nullValue());

        Api.owner()
                .get(company.path() + "/audit?action=contract-template.write")
                .then()
                .body("items.after.state", equalTo(List.of("done", "asked", "refused", "asked")));
    }

    /** The id of the thing, of which all are told. */
    private String toldOnce(String path, Map<String, ?> body, int first, int again) throws Exception {
        var answers = atOnce(Collections.nCopies(4, () -> send(path, key, body)));

        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotent-Replay") == null)
                .singleElement()
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(first));
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotent-Replay") != null)
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(again));
        assertThat(answers)
                .extracting(answer -> answer.<String>path("id"))
                .doesNotContainNull()
                .containsOnly(answers.getFirst().<String>path("id"));
        return answers.getFirst().path("id");
    }

    private static List<Response> atOnce(List<Callable<Response>> senders) throws Exception {
        var answers = new ArrayList<Response>();
        try (var threads = Executors.newFixedThreadPool(senders.size())) {
            for (var answer : threads.invokeAll(senders)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static Response send(String path, String key, Map<String, ?> body) {
        var request = Api.owner().header("Idempotency-Key", key);
        return (body == null ? request : request.body(body)).post(path);
    }

    private static List<?> asked(Api.Made company, String path) {
        return Api.neighbourCalls("/internal/companies/" + company.id() + path).stream()
                .filter(call -> call.getString("method").equals("POST"))
                .toList();
    }

    private static String contracts(Api.Made company) {
        Object deal = Admin.get()
                .queryOne(
                        "INSERT INTO " + company.schema()
                                + ".deals (company_id, core_lead_id, title) VALUES (?, ?, 'Um') RETURNING id",
                        company.id(),
                        Api.aLead(company, "Maria"))
                .get("id");
        return company.path() + "/deals/" + deal + "/contracts";
    }
}
