package io.centurions.backoffice.form;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FormGuardIT {

    private static final String SITE = "https://loja.example";

    @Test
    void only_the_sites_that_a_form_names_may_send_by_it() {
        var company = Api.aCompany("site");
        String key = aForm(company, Map.of("origins", List.of(SITE)));

        send(key, "https://outra.example", Map.of())
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
        assertThat(leads(company)).isZero();
        send(key, SITE, Map.of())
                .then()
                .statusCode(202)
                .header("Access-Control-Allow-Origin", SITE)
                .header("Vary", "Origin");
        given().header("Origin", SITE)
                .options("/public/leads/" + key)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", SITE);
        given().header("Origin", "https://outra.example")
                .options("/public/leads/" + key)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void a_robot_that_fills_in_what_nobody_sees_hears_yes_and_leaves_nothing() {
        var company = Api.aCompany("robo");
        String key = aForm(company, Map.of("honeypot", "website"));

        send(key, null, Map.of("website", "https://spam.example"))
                .then()
                .statusCode(202)
                .body("accepted", equalTo(true))
                .body("submission", notNullValue());

        assertThat(leads(company)).isZero();
        send(key, null, Map.of("website", "")).then().statusCode(202);
        assertThat(leads(company)).isOne();
    }

    @Test
    void a_robot_that_leaves_out_what_is_required_hears_what_a_lead_would_hear() {
        var company = Api.aCompany("cego");
        String key = aForm(company, Map.of("honeypot", "website", "required", List.of("email")));

        for (var wrong : List.of(Map.of("phone", "abc"), Map.of("phone", "11977776666"))) {
            String person = told(send(key, null, wrong));
            var filled = new HashMap<String, Object>(wrong);
            filled.put("website", "https://spam.example");
            assertThat(told(send(key, null, filled))).isEqualTo(person).startsWith("400");
        }
        assertThat(leads(company)).isZero();
    }

    private static String told(Response answer) {
        return answer.statusCode() + " " + answer.path("type") + " " + answer.path("errors");
    }

    @Test
    void what_a_form_requires_must_be_filled_in() {
        var company = Api.aCompany("campos");
        String key = aForm(company, Map.of("required", List.of("email", "consent")));

        send(key, null, Map.of()).then().statusCode(400).body("errors.field", hasItems("email", "consent"));
        send(key, null, Map.of("email", "ana@a.example")).then().body("errors.field", contains("consent"));
        send(key, null, Map.of("email", "ana@a.example", "consent", true, "consent_text", "Aceito."))
                .then()
                .statusCode(202);
        assertThat(leads(company)).isOne();
    }

    @Test
    void an_address_that_sends_too_much_waits_out_the_minute() {
        var company = Api.aCompany("enxame");
        String key = aForm(company, Map.of("perMinute", 2));
        var answers = new TreeSet<Integer>();
        Response refused = null;

        // Seven in whichever minutes they fall: at most two in each.
        for (int lead = 0; lead < 7; lead++) {
            Response answer = send(key, null, Map.of("phone", "1197777" + (1000 + lead)));
            answers.add(answer.statusCode());
            refused = answer.statusCode() == 429 ? answer : refused;
        }

        assertThat(answers).containsExactly(202, 429);
        refused.then()
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:centurions:problem:too-many-requests"));
        assertThat(leads(company)).isBetween(2L, 4L);
    }

    @Test
    void behind_our_own_proxy_a_sender_is_whom_the_proxy_names() {
        var company = Api.aCompany("proxy");
        String key = aForm(company, Map.of("perMinute", 1));
        var answers = new TreeSet<Integer>();

        // Four in whichever two minutes they fall.
        for (int lead = 0; lead < 4; lead++) {
            answers.add(sendFrom("203.0.113.7", key, lead).statusCode());
        }
        var another = sendFrom("203.0.113.8", key, 9);

        assertThat(answers).containsExactly(202, 429);
        another.then().statusCode(202);
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT attribution ->> 'client_ip' AS address FROM core.form_submissions WHERE id = ?",
                                UUID.fromString(another.path("submission"))))
                .containsEntry("address", "203.0.113.8");
    }

    private static String aForm(Api.Made company, Map<String, ?> guard) {
        Api.aWhatsapp(company);
        return Api.owner()
                .body(Map.of("name", "Landing", "guard", guard))
                .post(company.path() + "/lead-forms")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    private static Response send(String key, String origin, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(Map.of("phone", "11977776666", "name", "Ana"));
        body.putAll(more);
        var request = given().contentType(ContentType.JSON).body(body);
        return (origin == null ? request : request.header("Origin", origin)).post("/public/leads/" + key);
    }

    private static Response sendFrom(String address, String key, int number) {
        return given().header("X-Forwarded-For", address)
                .contentType(ContentType.JSON)
                .body(Map.of("phone", "1196666" + (1000 + number)))
                .post("/public/leads/" + key);
    }

    private static long leads(Api.Made company) {
        return Admin.get().count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id());
    }
}
