package io.centurions.sandbox.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.centurions.sandbox.Sandbox;
import io.centurions.sandbox.SandboxConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OidcSimulatorTest extends Running {

    private static final Map<String, String> OWNER = Map.of(
            "grant_type", "password",
            "client_id", "backoffice-web",
            "username", "owner@centurions.test",
            "password", "owner");

    /** Checks the signature with the published key, as the fleet does. */
    private static JsonObject verified(Http at, String token) throws GeneralSecurityException {
        JsonObject key = at.get("/oidc/jwks").json().getJsonArray("keys").getJsonObject(0);
        Base64.Decoder url = Base64.getUrlDecoder();
        PublicKey open = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        new BigInteger(1, url.decode(key.getString("n"))),
                        new BigInteger(1, url.decode(key.getString("e")))));
        String[] parts = token.split("\\.");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(open);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(url.decode(parts[2]))).isTrue();
        JsonObject header = new JsonObject(new String(url.decode(parts[0]), StandardCharsets.UTF_8));
        assertThat(header.getString("kid")).isEqualTo(key.getString("kid"));
        return new JsonObject(new String(url.decode(parts[1]), StandardCharsets.UTF_8));
    }

    @Test
    void discovery_names_the_issuer_and_its_addresses() {
        JsonObject found = http.get("/oidc/.well-known/openid-configuration").json();

        assertThat(found.getString("issuer")).isEqualTo("http://localhost:" + sandbox.port() + "/oidc");
        assertThat(http.get(found.getString("jwks_uri")).status()).isEqualTo(200);
    }

    @Test
    void the_owner_signs_in_with_a_password() throws GeneralSecurityException {
        JsonObject answer = http.form("/oidc/token", OWNER).json();

        JsonObject claims = verified(http, answer.getString("access_token"));
        assertThat(claims.getString("iss")).isEqualTo("http://localhost:" + sandbox.port() + "/oidc");
        assertThat(claims.getString("aud")).isEqualTo("centurions");
        assertThat(claims.getString("email")).isEqualTo("owner@centurions.test");
        assertThat(claims.getString("role")).isEqualTo("super_admin");
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(3600);
        assertThat(http.get("/oidc/userinfo", "Authorization", "Bearer " + answer.getString("access_token"))
                        .json()
                        .getString("email"))
                .isEqualTo("owner@centurions.test");
    }

    @Test
    void a_wrong_password_or_secret_opens_nothing() {
        Map<String, String> wrong = new java.util.HashMap<>(OWNER);
        wrong.put("password", "guess");

        assertThat(http.form("/oidc/token", wrong).json().getString("error")).isEqualTo("invalid_grant");
        assertThat(http.form("/oidc/token", service("agent-runtime", "guess")).status())
                .isEqualTo(401);
        assertThat(http.get("/oidc/userinfo", "Authorization", "Bearer a.b.c").status())
                .isEqualTo(401);
    }

    private static Map<String, String> service(String client, String secret) {
        return Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret);
    }

    @Test
    void a_service_gets_a_token_of_its_own() throws GeneralSecurityException {
        String token = http.form("/oidc/token", service("agent-runtime", "agent-runtime-secret"))
                .json()
                .getString("access_token");

        JsonObject claims = verified(http, token);
        assertThat(claims.getString("role")).isEqualTo("service");
        assertThat(claims.getString("client_id")).isEqualTo("agent-runtime");
    }

    @Test
    void a_test_has_any_token_signed_that_it_needs() throws GeneralSecurityException {
        String token = http.post(
                        "/oidc/_sandbox/tokens",
                        new JsonObject().put("aud", "another").put("exp", 1).put("role", "service"))
                .json()
                .getString("access_token");

        JsonObject claims = verified(http, token);
        assertThat(claims.getString("aud")).isEqualTo("another");
        assertThat(claims.getLong("exp")).isEqualTo(1);
        assertThat(claims.getString("iss")).isEqualTo("http://localhost:" + sandbox.port() + "/oidc");
    }

    @Test
    void an_added_user_carries_the_company() throws GeneralSecurityException {
        http.post(
                "/oidc/_sandbox/users",
                new JsonObject()
                        .put("email", "ana@aurora.test")
                        .put("password", "segredo")
                        .put("role", "supervisor")
                        .put("company_id", "0198c0de-0000-7000-8000-000000000001")
                        .put("schema_name", "empresa_aurora")
                        .put("permissions", new JsonArray().add("takeover")));

        String token = http.form(
                        "/oidc/token",
                        Map.of(
                                "grant_type", "password",
                                "client_id", "backoffice-web",
                                "username", "ana@aurora.test",
                                "password", "segredo"))
                .json()
                .getString("access_token");

        JsonObject claims = verified(http, token);
        assertThat(claims.getString("company_id")).isEqualTo("0198c0de-0000-7000-8000-000000000001");
        assertThat(claims.getString("schema_name")).isEqualTo("empresa_aurora");
        assertThat(claims.getJsonArray("permissions")).containsExactly("takeover");
    }

    @Test
    void the_sign_in_page_hands_out_a_code_that_is_good_once() throws GeneralSecurityException {
        String verifier = "a-verifier-that-is-long-enough-for-the-standard-0001";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> asked = Map.of(
                "client_id", "backoffice-web",
                "redirect_uri", "http://localhost:5173/back",
                "state", "s1",
                "nonce", "n1",
                "code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(digest),
                "code_challenge_method", "S256");
        Map<String, String> signIn = new java.util.HashMap<>(asked);
        signIn.put("email", "owner@centurions.test");
        signIn.put("password", "owner");

        Http.Answer back = http.form("/oidc/authorize", signIn);
        String location = back.headers().firstValue("location").orElseThrow();
        Map<String, String> exchange = Map.of(
                "grant_type", "authorization_code",
                "client_id", "backoffice-web",
                "redirect_uri", "http://localhost:5173/back",
                "code", location.replaceAll(".*code=([^&]+).*", "$1"),
                "code_verifier", verifier);
        JsonObject tokens = http.form("/oidc/token", exchange).json();

        assertThat(location).startsWith("http://localhost:5173/back?code=").endsWith("&state=s1");
        assertThat(verified(http, tokens.getString("id_token")).getString("nonce"))
                .isEqualTo("n1");
        assertThat(http.form("/oidc/token", exchange).json().getString("error")).isEqualTo("invalid_grant");
        Http.Answer refreshed = http.form(
                "/oidc/token",
                Map.of(
                        "grant_type", "refresh_token",
                        "client_id", "backoffice-web",
                        "refresh_token", tokens.getString("refresh_token")));
        assertThat(refreshed.json().getString("access_token")).isNotBlank();
    }

    @Test
    void a_public_client_without_a_challenge_gets_no_page() {
        assertThat(http.get("/oidc/authorize?client_id=backoffice-web&redirect_uri=http://localhost:5173/back")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tokens_and_users_outlive_a_restart_with_a_state_folder(@TempDir Path folder) throws GeneralSecurityException {
        SandboxConfig config = new SandboxConfig(Map.of("PORT", "0", "SANDBOX_STATE", folder.toString()));
        String token;
        try (Sandbox first = Sandbox.start(config)) {
            Http at = new Http(first.baseUrl());
            at.post(
                    "/oidc/_sandbox/users",
                    new JsonObject().put("email", "bia@x.test").put("password", "p"));
            token = at.form("/oidc/token", OWNER).json().getString("access_token");
        }

        try (Sandbox second = Sandbox.start(config)) {
            Http at = new Http(second.baseUrl());
            assertThat(verified(at, token).getString("email")).isEqualTo("owner@centurions.test");
            Map<String, String> bia = new java.util.HashMap<>(OWNER);
            bia.put("username", "bia@x.test");
            bia.put("password", "p");
            assertThat(at.form("/oidc/token", bia).status()).isEqualTo(200);
        }
    }
}
