package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.SigningKeys;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Tokens as Supabase Auth makes them: signed on an elliptic curve, with a top-level role that
 * is PostgreSQL's.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithIssuer(WithIssuer.Product.SUPABASE)
@WithNeighbours
class SupabaseTokenIT {

    private final SigningKeys keys = Account.keys();
    private final Account bia = Account.named("bia");

    @Test
    void role_company_and_permissions_are_read_from_app_metadata() {
        UUID company = aCompany();
        JsonObject claims = bia.supabase("company_admin", company);
        claims.getJsonObject("app_metadata").put("permissions", new JsonArray(List.of("deals:write")));

        Api.with(keys.es256(claims))
                .get("/v1/me")
                .then()
                .statusCode(200)
                .body("role", equalTo("company_admin"))
                .body("companyId", equalTo(company.toString()))
                .body("permissions", contains("deals:write"));
        Api.with(keys.es256(claims)).get("/v1/companies/" + company).then().statusCode(200);
        Api.with(keys.es256(claims)).get("/v1/companies").then().statusCode(403);
    }

    @Test
    void what_the_person_can_write_means_nothing() {
        UUID company = aCompany();
        JsonObject claims = bia.supabase(null, null);
        claims.getJsonObject("user_metadata")
                .put("app_role", "super_admin")
                .put("role", "super_admin")
                .put("company_id", company.toString());

        Api.with(keys.es256(claims))
                .get("/v1/me")
                .then()
                .statusCode(200)
                .body("role", nullValue())
                .body("companyId", nullValue());
        Api.with(keys.es256(claims)).get("/v1/companies/" + company).then().statusCode(403);
    }

    @Test
    void postgresqls_own_roles_are_none_of_ours() {
        for (String role : List.of("authenticated", "anon", "service_role")) {
            JsonObject claims = bia.supabase(null, null).put("role", role);

            assertThat(Api.with(keys.es256(claims)).get("/v1/companies").statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
    }

    @Test
    void a_token_for_somebody_who_is_not_signed_in_is_refused() {
        JsonObject anonymous = bia.supabase("super_admin", null).put("aud", "anon");

        Api.with(keys.es256(anonymous)).get("/v1/companies").then().statusCode(401);
        Api.with(keys.unsigned(bia.supabase("super_admin", null)))
                .get("/v1/companies")
                .then()
                .statusCode(401);
    }

    private static UUID aCompany() {
        String id = Account.named("dona")
                .viaSupabase("super_admin", null)
                .body(Map.of("name", "Empresa", "slug", Api.unique("sb")))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return UUID.fromString(id);
    }
}
