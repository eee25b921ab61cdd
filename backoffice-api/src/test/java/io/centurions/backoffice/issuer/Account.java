package io.centurions.backoffice.issuer;

import io.centurions.backoffice.Api;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * An invented person's account at the test's issuer.
 *
 * @param subject the issuer's id of them
 */
public record Account(String subject, String email) {

    /** A new one. */
    public static Account named(String name) {
        return new Account(
                UUID.randomUUID().toString(),
                name + "-" + UUID.randomUUID().toString().substring(0, 8) + "@pessoas.example");
    }

    /** The keys with which the issuer under test signs. */
    public static SigningKeys keys() {
        return SigningKeys.of(setting("test.issuer.keys"));
    }

    /** The issuer under test signs with other keys from now on: these. For an issuer that no other class meets. */
    public static SigningKeys changedKeys() {
        return SigningKeys.of(RestAssured.given()
                .post(URI.create(setting("test.issuer.url")).resolve("/_keys"))
                .jsonPath()
                .getString("secret"));
    }

    /** What it is asked from now on waits without an answer. */
    public static void issuerIsSilent() {
        let("/_silence/true");
    }

    /** It begins to answer what it is asked from now on, and never ends. */
    public static void issuerStalls() {
        let("/_stall/true");
    }

    /** It answers again. */
    public static void issuerAnswers() {
        let("/_silence/false");
        let("/_stall/false");
    }

    /** What Keycloak 26 writes into an access token, with its usual mappers and one for the company. */
    public JsonObject keycloak(String role, UUID company) {
        long now = Instant.now().getEpochSecond();
        var realm = new JsonArray()
                .add("default-roles-centurions")
                .add("offline_access")
                .add("uma_authorization");
        if (role != null) {
            realm.add(role);
        }
        var account = new JsonArray(List.of("manage-account", "manage-account-links", "view-profile"));
        var claims = new JsonObject()
                .put("exp", now + 300)
                .put("iat", now)
                .put("jti", "onrtac:" + UUID.randomUUID())
                .put("iss", setting("test.issuer.url"))
                .put("aud", new JsonArray(List.of("centurions", "account")))
                .put("sub", subject)
                .put("typ", "Bearer")
                .put("azp", "backoffice-web")
                .put("sid", UUID.randomUUID().toString())
                .put("acr", "1")
                .put("allowed-origins", new JsonArray(List.of("http://localhost:5173")))
                .put("realm_access", new JsonObject().put("roles", realm))
                .put("resource_access", new JsonObject().put("account", new JsonObject().put("roles", account)))
                .put("scope", "openid email profile")
                .put("email_verified", true)
                .put("name", "Bia Nunes")
                .put("preferred_username", "bia")
                .put("given_name", "Bia")
                .put("family_name", "Nunes")
                .put("email", email);
        return company == null ? claims : claims.put("company_id", company.toString());
    }

    /**
     * What Supabase Auth writes into an access token; role and company were put into app_metadata by
     * its administrator.
     */
    public JsonObject supabase(String role, UUID company) {
        long now = Instant.now().getEpochSecond();
        var metadata = new JsonObject().put("provider", "email").put("providers", new JsonArray(List.of("email")));
        if (role != null) {
            metadata.put("app_role", role);
        }
        if (company != null) {
            metadata.put("company_id", company.toString());
        }
        var method = new JsonObject().put("method", "password").put("timestamp", now);
        return new JsonObject()
                .put("iss", setting("test.issuer.url"))
                .put("sub", subject)
                .put("aud", "authenticated")
                .put("exp", now + 3600)
                .put("iat", now)
                .put("email", email)
                .put("phone", "")
                .put("app_metadata", metadata)
                .put(
                        "user_metadata",
                        new JsonObject()
                                .put("email", email)
                                .put("email_verified", true)
                                .put("phone_verified", false)
                                .put("sub", subject))
                .put("role", "authenticated")
                .put("aal", "aal1")
                .put("amr", new JsonArray().add(method))
                .put("session_id", UUID.randomUUID().toString())
                .put("is_anonymous", false);
    }

    /** Signed in at Keycloak. */
    public RequestSpecification viaKeycloak(String role, UUID company) {
        return Api.with(keys().rs256(keycloak(role, company)));
    }

    /** Signed in at Supabase Auth. */
    public RequestSpecification viaSupabase(String role, UUID company) {
        return Api.with(keys().es256(supabase(role, company)));
    }

    private static void let(String order) {
        RestAssured.given()
                .post(URI.create(setting("test.issuer.url")).resolve(order))
                .then()
                .statusCode(200);
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
