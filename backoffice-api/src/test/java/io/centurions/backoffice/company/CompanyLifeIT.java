package io.centurions.backoffice.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class CompanyLifeIT {

    @Inject
    Database database;

    @Inject
    CompanyRepository companies;

    @Test
    void a_company_is_changed_by_whoever_read_it_last() {
        var company = Api.aCompany("muda");
        String tag = Api.owner().get(company.path()).then().extract().header("ETag");

        Api.owner().body(change("Novo nome", "USD")).put(company.path()).then().statusCode(428);
        Api.as("company_admin", company.id())
                .header("If-Match", tag)
                .body(change("Novo nome", "USD"))
                .put(company.path())
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)))
                .body("name", equalTo("Novo nome"))
                .body("currency", equalTo("USD"))
                .body("timeZone", equalTo("America/Manaus"));
        Api.owner()
                .header("If-Match", tag)
                .body(change("Outro nome", "USD"))
                .put(company.path())
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:centurions:problem:version-stale"));
        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items[0].action", equalTo("company.change"))
                .body("items[0].after.name", equalTo("Novo nome"));
    }

    /** A stronger lock would hold the message up until the change is committed. */
    @Test
    void a_company_that_is_being_changed_takes_messages_meanwhile() {
        var company = Api.aCompany("ocupada");

        UUID lead = database.asCompany(CompanyId.of(company.id()), tx -> {
            assertThat(companies.findForUpdate(tx)).isPresent();
            return Api.aLead(company, "Maria");
        });

        assertThat(Admin.get().count("SELECT count(*) FROM core.leads WHERE id = ?", lead))
                .isOne();
    }

    @Test
    void the_currency_stays_once_there_is_a_deal() {
        var company = Api.aCompany("moeda");
        UUID lead = Api.aLead(company, "Maria");
        Admin.get()
                .execute(
                        "INSERT INTO " + company.schema()
                                + ".deals (core_lead_id, title, company_id) VALUES (?, 'Um', ?)",
                        lead,
                        company.id());

        Api.owner()
                .header("If-Match", "*")
                .body(change("Nome", "USD"))
                .put(company.path())
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:currency-in-use"));
        Api.owner()
                .header("If-Match", "*")
                .body(change("Nome", "BRL"))
                .put(company.path())
                .then()
                .statusCode(200);
    }

    @Test
    void a_suspended_company_goes_on_when_it_is_resumed() {
        var company = Api.aCompany("pausa");
        var reason = Map.of("reason", "fatura em aberto");

        Api.owner()
                .body(reason)
                .post(company.path() + "/suspend")
                .then()
                .statusCode(200)
                .body("status", equalTo("suspended"))
                .body("statusReason", equalTo("fatura em aberto"));
        Api.owner().body(reason).post(company.path() + "/suspend").then().statusCode(200);
        Api.owner().post(company.path() + "/provision").then().statusCode(200).body("status", equalTo("suspended"));
        Api.owner()
                .post(company.path() + "/resume")
                .then()
                .statusCode(200)
                .body("status", equalTo("active"))
                .body("statusReason", nullValue());
        Api.owner().post(company.path() + "/resume").then().statusCode(200);

        assertThat(states(company)).containsExactly("PROVISIONED", "SUSPENDED", "RESUMED");
        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items.action", hasItems("company.suspended", "company.resumed"));
    }

    @Test
    void an_archived_company_is_kept_as_it_was() {
        var company = Api.aCompany("fim");
        var reason = Map.of("reason", "vendida");

        Api.owner()
                .body(reason)
                .post(company.path() + "/archive")
                .then()
                .statusCode(200)
                .body("status", equalTo("archived"));

        Api.owner().post(company.path() + "/resume").then().statusCode(409);
        Api.owner().body(reason).post(company.path() + "/suspend").then().statusCode(409);
        Api.owner()
                .header("If-Match", "*")
                .body(change("Nome", "BRL"))
                .put(company.path())
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:company-archived"));
        Api.owner().get(company.path() + "/leads").then().statusCode(200);
        assertThat(states(company)).containsExactly("PROVISIONED", "ARCHIVED");
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.companies WHERE id = ? AND archived_at IS NOT NULL",
                                company.id()))
                .isEqualTo(1);
    }

    @Test
    void nothing_of_an_archived_company_is_changed_and_all_of_it_stays_readable() {
        var company = Api.aCompany("museu");
        var centurion = Api.aCenturion(company);
        UUID whatsapp = Api.aWhatsapp(company);
        var archive = Map.of("reason", "vendida");
        Api.owner().body(archive).post(company.path() + "/archive").then().statusCode(200);

        var channel = Map.of("channel", "whatsapp", "name", "Zap", "centurionId", centurion);
        Map<String, Object> posts = Map.of(
                "/channels",
                channel,
                "/channels/" + whatsapp + "/connect",
                Map.of(),
                "/people",
                Map.of("name", "Ana", "email", "ana@museu.example", "role", "crm_user"),
                "/lead-forms",
                Map.of("name", "Site", "key", Api.unique("museu")),
                "/api-keys",
                Map.of("name", "CRM", "scopes", List.of("crm")),
                "/contract-templates",
                Map.of("name", "Proposta", "body", "Olá"),
                "/provision",
                Map.of());
        posts.forEach((path, body) -> refused(Api.owner().body(body).post(company.path() + path)));
        refused(Api.owner().body(Map.of("value", "x")).put(company.path() + "/secrets/crm"));
        refused(Api.as("company_admin", company.id())
                .header("If-Match", "*")
                .body(Map.of("name", "Zap", "centurionId", centurion))
                .put(company.path() + "/channels/" + whatsapp));
        refused(Api.owner().post(company.path() + "/channels/" + whatsapp + "/restart"));

        for (String list : List.of("", "/channels", "/centurions", "/people", "/lead-forms", "/audit", "/usage")) {
            Api.owner().get(company.path() + list).then().statusCode(200);
        }
        Api.owner().body(archive).post(company.path() + "/archive").then().statusCode(200);
        Api.owner()
                .post(company.path() + "/resume")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:company-status"));
    }

    /** An archive is for good: who reads it could never be stopped. */
    @ParameterizedTest
    @ValueSource(strings = {"super_admin", "company_admin"})
    void in_an_archived_company_a_person_is_deactivated_and_a_key_revoked(String role) {
        var company = Api.aCompany("fechada");
        String person =
                made(company, "/people", Map.of("name", "Ana", "email", "ana@fechada.example", "role", "crm_user"));
        String key = made(company, "/api-keys", Map.of("name", "CRM", "scopes", List.of("crm")));
        archive(company);

        admin(role, company).post(person + "/deactivate").then().statusCode(200).body("status", equalTo("inactive"));
        admin(role, company).header("If-Match", "*").delete(key).then().statusCode(204);

        refused(admin(role, company).post(person + "/invitation"));
        Api.owner().get(key).then().statusCode(200).body("revokedAt", notNullValue());
        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items.action", hasItems("person.deactivate", "api-key.revoke"));
    }

    /** Its phone would stay paired. */
    @ParameterizedTest
    @ValueSource(strings = {"super_admin", "company_admin"})
    void in_an_archived_company_a_channel_is_disconnected_and_deleted(String role) {
        var company = Api.aCompany("muda");
        UUID whatsapp = Api.aWhatsapp(company);
        String channel = company.path() + "/channels/" + whatsapp;
        archive(company);

        for (boolean repeated : new boolean[] {false, true}) {
            admin(role, company)
                    .header("Idempotency-Key", "k")
                    .post(channel + "/disconnect")
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replay", repeated ? equalTo("true") : nullValue())
                    .body("status", equalTo("disconnected"));
        }
        refused(admin(role, company).post(channel + "/connect"));
        admin(role, company).delete(channel).then().statusCode(204);

        Api.owner().get(channel).then().statusCode(200).body("status", equalTo("deleted"));
        assertThat(Api.neighbourCalls("/internal/instances/" + whatsapp))
                .extracting(call -> call.getString("method"))
                .contains("DELETE");
        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items.action", hasItems("channel.disconnect", "channel.delete"));
    }

    private static RequestSpecification admin(String role, Api.Made company) {
        return role.equals("super_admin") ? Api.owner() : Api.as(role, company.id());
    }

    private static String made(Api.Made company, String list, Map<String, ?> body) {
        String id = Api.owner()
                .body(body)
                .post(company.path() + list)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return company.path() + list + "/" + id;
    }

    private static void archive(Api.Made company) {
        Api.owner()
                .body(Map.of("reason", "vendida"))
                .post(company.path() + "/archive")
                .then()
                .statusCode(200);
    }

    private static void refused(Response answer) {
        answer.then().statusCode(409).body("type", equalTo("urn:centurions:problem:company-archived"));
    }

    @Test
    void a_reason_is_needed_to_stop_or_to_end_a_company() {
        var company = Api.aCompany("motivo");

        Api.owner()
                .body(Map.of("reason", " "))
                .post(company.path() + "/suspend")
                .then()
                .statusCode(400);
        Api.owner().body(Map.of()).post(company.path() + "/archive").then().statusCode(400);
    }

    @Test
    void companies_are_found_by_state_and_by_a_part_of_the_name() {
        String word = UUID.randomUUID().toString().substring(0, 8);
        String found = named("Clínica " + word + " 100%");
        named("Padaria " + word);

        Api.owner()
                .queryParam("name", "clínica " + word.toUpperCase(Locale.ROOT))
                .get("/v1/companies")
                .then()
                .statusCode(200)
                .body("items.id", contains(found));
        Api.owner()
                .queryParam("name", word + " 100%")
                .get("/v1/companies")
                .then()
                .body("items.id", contains(found));
        Api.owner()
                .body(Map.of("reason", "teste"))
                .post("/v1/companies/" + found + "/suspend")
                .then()
                .statusCode(200);
        Api.owner()
                .queryParam("status", "suspended")
                .queryParam("name", word)
                .get("/v1/companies")
                .then()
                .body("items.id", contains(found));
        Api.owner()
                .queryParam("status", "active")
                .queryParam("name", word)
                .get("/v1/companies")
                .then()
                .body("items.id", not(hasItem(found)));
        Api.owner().queryParam("status", "x").get("/v1/companies").then().statusCode(400);
    }

    private static String named(String name) {
        return Api.owner()
                .body(Map.of("name", name, "slug", Api.unique("busca")))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Map<String, Object> change(String name, String currency) {
        Map<String, Object> change = new HashMap<>();
        change.put("name", name);
        change.put("timeZone", "America/Manaus");
        change.put("locale", "pt-BR");
        change.put("currency", currency);
        return change;
    }

    private static List<String> states(Api.Made company) {
        return Admin.get().query("""
                        SELECT payload ->> 'state' AS state
                          FROM core.outbox_backoffice
                         WHERE company_id = ? AND type = 'company.lifecycle'
                         ORDER BY position
                        """, company.id()).stream()
                .map(row -> (String) row.get("state"))
                .toList();
    }
}
