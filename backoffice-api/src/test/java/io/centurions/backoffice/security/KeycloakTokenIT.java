package io.centurions.backoffice.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.SigningKeys;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.platform.testkit.DatabaseAway;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens as Keycloak makes them, and those that somebody else would like to. */
@QuarkusTest
@WithPostgresAndRedis
@WithIssuer(WithIssuer.Product.KEYCLOAK)
@WithNeighbours
class KeycloakTokenIT {

    private final SigningKeys keys = Account.keys();
    private final Account bia = Account.named("bia");

    @Test
    void a_realm_role_and_a_company_are_understood() {
        UUID company = aCompany();

        bia.viaKeycloak("company_admin", company)
                .get("/v1/me")
                .then()
                .statusCode(200)
                .body("subject", equalTo(bia.subject()))
                .body("role", equalTo("company_admin"))
                .body("companyId", equalTo(company.toString()))
                .body("holding", equalTo(false));
        bia.viaKeycloak("company_admin", company)
                .get("/v1/companies/" + company)
                .then()
                .statusCode(200);
        bia.viaKeycloak("company_admin", company)
                .get("/v1/companies/" + aCompany())
                .then()
                .statusCode(404);
    }

    @Test
    void a_person_without_a_role_of_ours_is_signed_in_and_nothing_more() {
        bia.viaKeycloak(null, null)
                .get("/v1/me")
                .then()
                .statusCode(200)
                .body("role", nullValue())
                .body("companyId", nullValue());
        bia.viaKeycloak(null, null).get("/v1/companies").then().statusCode(403);
    }

    @Test
    void of_several_roles_the_widest_counts_alone() {
        JsonObject claims = bia.keycloak("company_admin", null);
        claims.getJsonObject("realm_access").getJsonArray("roles").add("ai_supervisor");

        var both = Api.with(keys.rs256(claims));

        both.get("/v1/me").then().body("role", equalTo("ai_supervisor")).body("holding", equalTo(true));
        // What an administrator of a company may do is not done to every company.
        Api.with(keys.rs256(claims))
                .get("/v1/companies/" + aCompany() + "/people")
                .then()
                .statusCode(403);
    }

    @Test
    void a_forged_expired_or_foreign_token_is_refused() {
        Map<String, String> tokens = new LinkedHashMap<>();
        JsonObject good = bia.keycloak("super_admin", null);
        long now = Instant.now().getEpochSecond();
        tokens.put("expired", keys.rs256(good.copy().put("exp", now - 60).put("iat", now - 360)));
        tokens.put("not yet valid", keys.rs256(good.copy().put("nbf", now + 600)));
        tokens.put("without an end", keys.rs256(without(good, "exp")));
        tokens.put("of another audience", keys.rs256(good.copy().put("aud", "account")));
        tokens.put("of no audience", keys.rs256(without(good, "aud")));
        tokens.put("of another issuer", keys.rs256(good.copy().put("iss", "https://issuer.example/realms/centurions")));
        tokens.put("of another realm", keys.rs256(good.copy().put("iss", good.getString("iss") + "-2")));
        tokens.put("of nobody", keys.rs256(without(good, "sub")));
        tokens.put("not signed", keys.unsigned(good));
        tokens.put("signed with an unknown key", keys.ofUnknownKey(good));
        tokens.put("signed with an unknown key of a known name", keys.ofStolenName(good));
        tokens.put("signed with the public key as a secret", keys.hs256WithThePublicKey(good));
        tokens.put(
                "changed after it was signed", changed(keys.rs256(bia.keycloak("crm_user", UUID.randomUUID())), good));

        Api.with(keys.rs256(good)).get("/v1/companies").then().statusCode(200);
        tokens.forEach(
                (kind, token) -> assertThat(Api.with(token).get("/v1/companies").statusCode())
                        .as(kind)
                        .isEqualTo(401));
        assertThat(given().get("/v1/companies").headers().getValues("WWW-Authenticate"))
                .containsExactly("Bearer");
        Api.with(tokens.get("expired"))
                .get("/v1/companies")
                .then()
                .header("WWW-Authenticate", "Bearer")
                .contentType("application/problem+json")
                .body("type", equalTo("urn:centurions:problem:unauthorized"));
    }

    @Test
    void roles_that_a_client_has_elsewhere_mean_nothing_here() {
        JsonObject claims = bia.keycloak(null, null);
        claims.getJsonObject("resource_access")
                .put("other-app", new JsonObject().put("roles", new JsonArray().add("super_admin")));

        Api.with(keys.rs256(claims)).get("/v1/companies").then().statusCode(403);
    }

    @Test
    @SuppressWarnings("try")
    void while_our_own_lists_cannot_be_read_nobody_is_let_in_and_the_token_is_not_blamed() {
        try (var away = DatabaseAway.begins()) {
            bia.viaKeycloak("super_admin", null)
                    .get("/v1/me")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:centurions:problem:unavailable"));
        }

        await().atMost(Duration.ofSeconds(20))
                .until(() -> bia.viaKeycloak("super_admin", null).get("/v1/me").statusCode() == 200);
    }

    private static String changed(String token, JsonObject claims) {
        String[] parts = token.split("\\.");
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.encode().getBytes(StandardCharsets.UTF_8));
        return parts[0] + "." + forged + "." + parts[2];
    }

    private static JsonObject without(JsonObject claims, String name) {
        JsonObject copy = claims.copy();
        copy.remove(name);
        return copy;
    }

    private static UUID aCompany() {
        String id = Account.named("dona")
                .viaKeycloak("super_admin", null)
                .body(Map.of("name", "Empresa", "slug", Api.unique("kc")))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return UUID.fromString(id);
    }
}
