package io.centurions.backoffice.form;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class PublicLeadIT {

    @Test
    void a_form_makes_a_lead_with_its_campaign_and_starts_the_first_message() {
        var company = Api.aCompany("form");
        var instance = Api.aWhatsapp(company);
        String key = aForm(company, Map.of("name", "Landing"));

        String submission = given().contentType(ContentType.JSON)
                .body(PublicLeadIT.class.getResourceAsStream("/leads/generic-json.json"))
                .post("/public/leads/" + key)
                .then()
                .statusCode(202)
                .header("Access-Control-Allow-Origin", "*")
                .body("accepted", equalTo(true))
                .body("keySet()", equalTo(Set.of("accepted", "submission")))
                .extract()
                .path("submission");

        assertThat(Api.events(company)).contains("lead.created");
        UUID lead = leadOf(submission);
        assertThat(Admin.get().queryOne("SELECT instance_id, chat_ref FROM core.conversations WHERE lead_id = ?", lead))
                .containsEntry("instance_id", instance)
                .containsEntry("chat_ref", "5511988887777");
        Api.owner()
                .get(company.path() + "/leads/" + lead)
                .then()
                .statusCode(200)
                .body("source", equalTo("form"))
                .body("phone", equalTo("5511988887777"))
                .body("attribution.utm.campaign", equalTo("demo"))
                .body("conversations.size()", equalTo(1));
    }

    @Test
    void the_same_person_again_is_folded_into_the_first() {
        var company = Api.aCompany("dobro");
        Api.aWhatsapp(company);
        String key = aForm(company, Map.of("name", "Landing", "fieldMap", Map.of("phone", "telefone")));
        var body = Map.of("form", key, "telefone", "(11) 97777-6666", "name", "Ana");
        String first = post(body).then().statusCode(202).extract().path("submission");

        String again = post(body).then().statusCode(202).extract().path("submission");

        // The answer tells nobody whether this number was known.
        assertThat(again).isNotEqualTo(first);
        assertThat(leadOf(again)).isEqualTo(leadOf(first));
        assertThat(Api.events(company)).filteredOn("lead.created"::equals).hasSize(1);
        assertThat(announced(company)).containsExactly(true, false);
    }

    @Test
    void of_the_same_person_many_times_at_once_there_is_one_lead_and_every_submission() throws Exception {
        var company = Api.aCompany("junto");
        Api.aWhatsapp(company);
        String key = aForm(company, Map.of("name", "Landing"));
        var body = Map.of("form", key, "phone", "(11) 97777-6666", "name", "Ana");
        List<Callable<String>> senders = Collections.nCopies(
                8, () -> post(body).then().statusCode(202).extract().<String>path("submission"));

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var lead : threads.invokeAll(senders)) {
                assertThat(lead.get()).isNotBlank();
            }
        }

        assertThat(Admin.get().count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isOne();
        assertThat(announced(company)).hasSize(8).containsOnlyOnce(true);
        assertThat(Api.events(company)).filteredOn("lead.created"::equals).hasSize(1);
    }

    @Test
    void the_words_that_were_agreed_to_stay_with_each_submission_when_the_form_changes() {
        var company = Api.aCompany("termo");
        Api.aWhatsapp(company);
        String key = aForm(company, Map.of("name", "Landing", "guard", Map.of("consentText", "Aceito A.")));
        post(Map.of("form", key, "phone", "(11) 97777-6666", "consent", true))
                .then()
                .statusCode(202);
        String form = Api.owner().get(company.path() + "/lead-forms").path("items[0].id");
        Api.owner()
                .header("If-Match", "*")
                .body(Map.of("name", "Landing", "guard", Map.of("consentText", "Aceito B.")))
                .put(company.path() + "/lead-forms/" + form)
                .then()
                .statusCode(200);

        post(Map.of("form", key, "phone", "(11) 97777-6666", "consent", "on"))
                .then()
                .statusCode(202);

        assertThat(Admin.get()
                        .query(
                                "SELECT consent ->> 'text' AS text, consent ->> 'version' AS version"
                                        + " FROM core.form_submissions WHERE company_id = ? ORDER BY created_at",
                                company.id()))
                .containsExactly(
                        Map.of("text", "Aceito A.", "version", "form 1"),
                        Map.of("text", "Aceito B.", "version", "form 2"));
        assertThat(Admin.get()
                        .queryOne("SELECT wording, version FROM core.consents WHERE company_id = ?", company.id()))
                .containsEntry("wording", "Aceito B.")
                .containsEntry("version", "form 2");
    }

    @Test
    void what_a_form_asks_is_checked_and_kept_and_nothing_else_is() {
        var company = Api.aCompany("campo");
        Api.aWhatsapp(company);
        var fields = List.of(
                Map.of("name", "orcamento", "type", "number", "required", true),
                Map.of("name", "plano", "type", "choice", "options", List.of("Ouro", "Prata")));
        String key = aForm(company, Map.of("name", "Landing", "guard", Map.of("fields", fields)));

        post(Map.of("form", key, "phone", "11977776666", "plano", "Bronze"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("orcamento", "plano"));
        String submission = post(Map.of(
                        "form", key, "phone", "11977776666", "orcamento", 900, "plano", "Ouro", "intruso", "x"))
                .then()
                .statusCode(202)
                .extract()
                .path("submission");

        Api.owner()
                .get(company.path() + "/leads/" + leadOf(submission))
                .then()
                .body("attribution.answers", equalTo(Map.of("orcamento", "900", "plano", "Ouro")));
        Api.owner()
                .body(Map.of("name", "X", "guard", Map.of("fields", List.of(Map.of("name", "a", "type", "choice")))))
                .post(company.path() + "/lead-forms")
                .then()
                .statusCode(400);
    }

    @Test
    void what_cannot_be_a_lead_is_told_apart() {
        var company = Api.aCompany("ruim");
        Api.aWhatsapp(company);
        String key = aForm(company, Map.of("name", "Landing"));

        given().contentType(ContentType.JSON)
                .body("{\"name\":")
                .post("/public/leads/" + key)
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", "*");
        given().contentType(ContentType.JSON)
                .body("[]")
                .post("/public/leads/" + key)
                .then()
                .statusCode(400);
        given().contentType(ContentType.JSON)
                .body("{\"email\":\"x\"}")
                .post("/public/leads/" + key)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("email"));
        post(Map.of("form", "nao-existe", "email", "a@b.example")).then().statusCode(404);
        post(Map.of("email", "a@b.example")).then().statusCode(400);
        post(Map.of("form", key, "email", "a@b.example", "name", "x".repeat(70_000)))
                .then()
                .statusCode(413);
        assertThat(Admin.get().count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void a_body_that_says_a_field_twice_or_goes_on_is_refused() {
        var company = Api.aCompany("duas");
        Api.aWhatsapp(company);
        String key = aForm(company, Map.of("name", "Landing"));

        for (String body : List.of(
                "{\"phone\":\"11977776666\",\"phone\":\"11966665555\",\"form\":\"%s\"}",
                "{\"phone\":\"11977776666\",\"form\":\"%s\"} e mais",
                "{\"phone\":\"11977776666\",\"form\":\"%s\"}{}")) {
            for (String path : List.of("/public/leads", "/public/leads/" + key)) {
                given().contentType(ContentType.JSON)
                        .body(body.formatted(key))
                        .post(path)
                        .then()
                        .statusCode(400)
                        .body("type", equalTo("urn:centurions:problem:malformed-json"));
            }
        }
        assertThat(Admin.get().count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void a_form_needs_a_whatsapp_channel_of_its_company() {
        var company = Api.aCompany("sem");
        var other = Api.aCompany("com");
        var foreign = Api.aWhatsapp(other);

        Api.owner()
                .body(Map.of("name", "Landing"))
                .post(company.path() + "/lead-forms")
                .then()
                .statusCode(422);
        Api.owner()
                .body(Map.of("name", "Landing", "instanceId", foreign))
                .post(company.path() + "/lead-forms")
                .then()
                .statusCode(422);
    }

    @Test
    void a_browser_may_ask_before_it_posts() {
        given().options("/public/leads/x")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Methods", "POST, OPTIONS");
    }

    @Test
    void what_only_java_takes_for_a_time_or_a_text_costs_no_lead() {
        var company = Api.aCompany("fuso");
        Api.aWhatsapp(company);
        String key = aForm(company, Map.of("name", "Landing"));

        String submission = post(Map.of(
                        "form", key,
                        "phone", "11977776666",
                        "consent", true,
                        "consent_text", "Aceito.",
                        "submitted_at", "2026-01-01T00:00:00+17:00",
                        "page_url", "https://a.example/?utm_source=%00feira&utm_medium=%00"))
                .then()
                .statusCode(202)
                .extract()
                .path("submission");

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT consent ->> 'at' AS at, attribution ->> 'utm' AS utm FROM core.form_submissions WHERE id = ?",
                                UUID.fromString(submission)))
                .containsEntry("at", "2025-12-31T07:00:00Z")
                .containsEntry("utm", "{\"source\": \"feira\"}");
    }

    private static UUID leadOf(String submission) {
        return (UUID) Admin.get()
                .queryOne("SELECT lead_id FROM core.form_submissions WHERE id = ?", UUID.fromString(submission))
                .get("lead_id");
    }

    private static List<Object> announced(Api.Made company) {
        return Admin.get()
                .query(
                        "SELECT announced FROM core.form_submissions WHERE company_id = ? ORDER BY created_at",
                        company.id())
                .stream()
                .map(row -> row.get("announced"))
                .toList();
    }

    private static io.restassured.response.Response post(Map<String, ?> body) {
        return given().contentType(ContentType.JSON).body(body).post("/public/leads");
    }

    private static String aForm(Api.Made company, Map<String, ?> form) {
        return Api.owner()
                .body(form)
                .post(company.path() + "/lead-forms")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }
}
