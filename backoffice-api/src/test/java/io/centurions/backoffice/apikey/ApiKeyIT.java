package io.centurions.backoffice.apikey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ApiKeyIT {

    @Test
    void a_key_is_shown_once_and_kept_as_its_hash() {
        var company = Api.aCompany("chaves");
        var wanted = Map.of("name", "Site", "scopes", List.of("crm"));

        Response made = Api.owner().header("Idempotency-Key", "k1").body(wanted).post(keys(company));

        String key = made.then().statusCode(201).extract().path("key");
        assertThat(key).startsWith((String) made.path("prefix")).hasSizeGreaterThan(70);
        Api.owner()
                .header("Idempotency-Key", "k1")
                .body(wanted)
                .post(keys(company))
                .then()
                .statusCode(201)
                .body("id", equalTo(made.path("id")))
                .body("key", nullValue());
        Api.owner()
                .get(keys(company))
                .then()
                .statusCode(200)
                .body("items.name", contains("Site"))
                .body(not(containsString(key)));
        assertThat(Admin.get().count("SELECT count(*) FROM core.api_keys k WHERE k::text LIKE ?", "%" + key + "%"))
                .isZero();
        assertThat(Admin.get().count("SELECT count(*) FROM core.audit_log a WHERE a::text LIKE ?", "%" + key + "%"))
                .isZero();
    }

    @Test
    void a_key_ends_at_a_time_that_can_be_kept() {
        var company = Api.aCompany("prazo");

        for (String never : List.of("+300000-01-01T00:00:00Z", "+1000000000-01-01T00:00:00Z", "2020-01-01T00:00:00Z")) {
            Api.owner()
                    .body(Map.of("name", "Site", "scopes", List.of("crm"), "expiresAt", never))
                    .post(keys(company))
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("expiresAt"));
        }
    }

    @Test
    void a_key_acts_for_its_company_within_its_scopes() {
        var company = Api.aCompany("chave");
        var other = Api.aCompany("alheia");
        String key = made(company, "crm").path("key");

        with(key).get(company.path() + "/leads").then().statusCode(200);
        with(key).get(other.path() + "/leads").then().statusCode(404);
        with(key).get(company.path() + "/pixels").then().statusCode(403);
        with(key).get(keys(company)).then().statusCode(403);
        with(key).get("/v1/companies").then().statusCode(403);
        Api.owner().get(keys(company)).then().body("items[0].lastUsedAt", notNullValue());
        String marketing = made(company, "marketing").path("key");
        with(marketing).get(company.path() + "/pixels").then().statusCode(200);
        with(marketing).get(company.path() + "/leads").then().statusCode(403);
    }

    @Test
    void a_key_that_is_wrong_expired_or_revoked_opens_nothing() {
        var company = Api.aCompany("velha");
        Response made = made(company, "crm");
        String key = made.path("key");
        String leads = company.path() + "/leads";

        with("ck_nonsense").get(leads).then().statusCode(401);
        with(key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A"))
                .get(leads)
                .then()
                .statusCode(401);
        with(made(Api.aCompany("outra"), "crm").path("key")).get(leads).then().statusCode(404);
        UUID id = UUID.fromString(made.path("id"));
        Admin.get().execute("UPDATE core.api_keys SET expires_at = now() - interval '1 second' WHERE id = ?", id);
        with(key).get(leads).then().statusCode(401);
        Admin.get().execute("UPDATE core.api_keys SET expires_at = NULL WHERE id = ?", id);
        with(key).get(leads).then().statusCode(200);
        String one = keys(company) + "/" + id;
        Api.owner().delete(one).then().statusCode(428);
        Api.owner().header("If-Match", "\"1\"").delete(one).then().statusCode(204);
        with(key).get(leads).then().statusCode(401);
        Api.owner().get(one).then().statusCode(200).body("revokedAt", notNullValue());
    }

    @Test
    void a_key_opens_its_company_only_while_that_is_active() {
        var company = Api.aCompany("parada");
        String key = made(company, "crm").path("key");
        String leads = company.path() + "/leads";
        var reason = Map.of("reason", "contrato vencido");

        Api.owner().body(reason).post(company.path() + "/suspend").then().statusCode(200);
        with(key).get(leads).then().statusCode(401);
        Api.owner().get(keys(company)).then().body("items[0].lastUsedAt", nullValue());
        Api.owner().post(company.path() + "/resume").then().statusCode(200);
        with(key).get(leads).then().statusCode(200);
        Api.owner().body(reason).post(company.path() + "/archive").then().statusCode(200);
        with(key).get(leads).then().statusCode(401);
    }

    @Test
    void a_key_whose_scopes_a_newer_release_brought_opens_nothing() {
        var company = Api.aCompany("futura");
        Response made = made(company, "crm");

        Admin.get()
                .execute(
                        "UPDATE core.api_keys SET scopes = ARRAY['tomorrow'] WHERE id = ?",
                        UUID.fromString(made.path("id")));

        with(made.path("key")).get(company.path() + "/leads").then().statusCode(401);
    }

    @Test
    void a_key_without_a_scope_of_ours_or_with_a_past_end_is_not_made() {
        var company = Api.aCompany("torta");

        Api.owner()
                .body(Map.of("name", "Tudo", "scopes", List.of("admin")))
                .post(keys(company))
                .then()
                .statusCode(400);
        Api.owner()
                .body(Map.of("name", "Velha", "scopes", List.of("crm"), "expiresAt", "2020-01-01T00:00:00Z"))
                .post(keys(company))
                .then()
                .statusCode(400);
    }

    private static Response made(Api.Made company, String scope) {
        return Api.owner()
                .body(Map.of("name", "Programa", "scopes", List.of(scope)))
                .post(keys(company));
    }

    private static RequestSpecification with(String key) {
        return given().header("X-Api-Key", key);
    }

    private static String keys(Api.Made company) {
        return company.path() + "/api-keys";
    }
}
