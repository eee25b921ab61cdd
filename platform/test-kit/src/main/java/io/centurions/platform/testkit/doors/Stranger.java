package io.centurions.platform.testkit.doors;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Somebody who is not let in.
 *
 * @param token       null: brings none
 * @param refusedWith 401 when it says nothing that can be believed, 403 when it is another's
 */
record Stranger(String who, String token, int refusedWith) {

    /** All of our services, by their clients at the issuer. */
    static final List<String> SERVICES =
            List.of("backoffice-api", "agent-runtime", "evolution-manager", "autentique-service", "capi-dispatcher");

    static final String ROLE_PREFIX = "service:";

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    /** Whoever is a stranger at a door that is only the friend's. */
    static List<Stranger> to(String friend) {
        Map<String, Object> its = Map.of("role", "service", "client_id", friend, "azp", friend);
        List<Stranger> all = new ArrayList<>();
        all.add(new Stranger("nobody", null, 401));
        all.add(new Stranger("expired", saying(its, "exp", Instant.now().getEpochSecond() - 60), 401));
        all.add(new Stranger("wrong audience", saying(its, "aud", "another"), 401));
        all.add(new Stranger("wrong issuer", saying(its, "iss", "https://id.example"), 401));
        all.add(new Stranger("unsigned", unsigned(saying(its, "typ", "Bearer")), 401));
        all.add(new Stranger(
                "changed after signing", changed(saying(its, "azp", "x"), saying(its, "azp", friend)), 401));
        all.add(new Stranger("a person", person(), 403));
        all.add(new Stranger("a person by the service's client", saying(its, "role", "super_admin"), 403));
        all.add(new Stranger("an unknown client", saying(Map.of("role", "service"), "client_id", "another"), 403));
        all.add(new Stranger("no client", saying(Map.of(), "role", "service"), 403));
        all.add(new Stranger("two clients", saying(its, "azp", "another"), 403));
        all.add(new Stranger(
                "a role of that name", saying(Map.of("client_id", "another"), "role", ROLE_PREFIX + friend), 403));
        return all;
    }

    /** The token of a service, as its client gets it. */
    static String tokenOf(String service) {
        return token(
                Map.of("grant_type", "client_credentials", "client_id", service, "client_secret", service + "-secret"));
    }

    private static String person() {
        return token(Map.of(
                "grant_type", "password",
                "client_id", "backoffice-web",
                "username", "owner@centurions.test",
                "password", "owner"));
    }

    private static String token(Map<String, String> form) {
        return given().formParams(form)
                .post(issuer() + "/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private static String saying(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> all = new HashMap<>(claims);
        all.put(name, value);
        return given().contentType(ContentType.JSON)
                .body(all)
                .post(issuer() + "/_sandbox/tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("access_token");
    }

    private static String unsigned(String token) {
        byte[] head = "{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8);
        return URL.encodeToString(head) + "." + token.split("\\.")[1] + ".";
    }

    // What the second says, with the signature of the first.
    private static String changed(String signed, String wanted) {
        String[] parts = signed.split("\\.");
        return parts[0] + "." + wanted.split("\\.")[1] + "." + parts[2];
    }

    private static String issuer() {
        return ConfigProvider.getConfig().getValue("sandbox.url", String.class) + "/oidc";
    }
}
