package io.centurions.backoffice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.openapi.AsDescribed;
import io.centurions.platform.testkit.Admin;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Speaks to the API under test as people of several roles, and arranges what a test starts from. Every answer must
 * be as the OpenAPI document describes it.
 */
public final class Api {

    private static String ownerToken;

    private Api() {}

    /** A company made through the API, schema and all. */
    public record Made(UUID id, String slug) {

        public String path() {
            return "/v1/companies/" + id;
        }

        public String schema() {
            return "empresa_" + slug;
        }
    }

    /** The holding's owner. */
    public static RequestSpecification owner() {
        if (ownerToken == null) {
            ownerToken = signIn("owner@centurions.test", "owner");
        }
        return with(ownerToken);
    }

    /** Somebody with a role, of a company or of none. */
    public static RequestSpecification as(String role, UUID company) {
        return with(token(role, company));
    }

    /** A token of somebody with a role, of a company or of none. */
    public static String token(String role, UUID company) {
        String email = UUID.randomUUID() + "@people.test";
        var user =
                new JsonObject().put("email", email).put("password", "secret").put("role", role);
        if (company != null) {
            user.put("company_id", company.toString());
        }
        given().contentType(ContentType.JSON)
                .body(user.encode())
                .post(setting("sandbox.url") + "/oidc/_sandbox/users")
                .then()
                .statusCode(201);
        return signIn(email, "secret");
    }

    public static RequestSpecification with(String token) {
        return given().auth().oauth2(token).contentType(ContentType.JSON).filter(AsDescribed.inTheDocument());
    }

    /** A token of one of our own services. */
    public static String serviceToken(String client) {
        return given().formParams(Map.of(
                        "grant_type", "client_credentials", "client_id", client, "client_secret", client + "-secret"))
                .post(setting("sandbox.url") + "/oidc/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    public static String unique(String word) {
        return word + "_" + UUID.randomUUID().toString().substring(0, 8);
    }

    public static Made aCompany(String word) {
        String slug = unique(word);
        String id = owner().body(Map.of("name", "Empresa " + word, "slug", slug))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Made(UUID.fromString(id), slug);
    }

    public static UUID aCenturion(Made company) {
        String id = owner().body(Map.of("name", "Bia", "config", Map.of("prompt", "Você é a Bia.")))
                .post(company.path() + "/centurions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return UUID.fromString(id);
    }

    public static UUID aWhatsapp(Made company) {
        String id = owner().body(Map.of("channel", "whatsapp", "name", "Zap", "centurionId", aCenturion(company)))
                .post(company.path() + "/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return UUID.fromString(id);
    }

    /** A bot whose token works: it is connected. */
    public static UUID aTelegram(Made company) {
        String token = System.nanoTime() + ":a-token";
        var bot =
                Map.of("channel", "telegram", "name", "Bot", "centurionId", aCenturion(company), "accessToken", token);
        String id = owner().body(bot)
                .post(company.path() + "/channels")
                .then()
                .statusCode(201)
                .body("status", equalTo("connected"))
                .extract()
                .path("id");
        return UUID.fromString(id);
    }

    public static UUID aLead(Made company, String name) {
        UUID lead = UUID.randomUUID();
        Admin.get().execute("""
                INSERT INTO core.leads (id, company_id, name, phone, source)
                VALUES (?, ?, ?, '5511988887777', 'whatsapp')
                """, lead, company.id(), name);
        return lead;
    }

    /** Events of a company that wait in our outbox or have left it, oldest first. */
    public static List<String> events(Made company) {
        return Admin.get()
                .query("SELECT type FROM core.outbox_backoffice WHERE company_id = ? ORDER BY position", company.id())
                .stream()
                .map(row -> (String) row.get("type"))
                .toList();
    }

    public static void failNextNeighbourCall(int status) {
        Neighbours.fail(status, null, 1);
    }

    public static void nextNeighbourCallHangs() {
        failNextNeighbourCall(599);
    }

    /** The next token that agent-runtime tries is one of another account. */
    public static void nextTokenIsForeign() {
        RestAssured.given()
                .post(setting("test.neighbours.url") + "/_foreign")
                .then()
                .statusCode(204);
    }

    /** What the neighbours were asked under a path. */
    public static List<JsonObject> neighbourCalls(String path) {
        String all = RestAssured.given()
                .get(setting("test.neighbours.url") + "/_calls")
                .asString();
        return new JsonArray(all)
                .stream()
                        .map(call -> (JsonObject) call)
                        .filter(call -> call.getString("path").startsWith(path))
                        .toList();
    }

    private static String signIn(String email, String password) {
        return given().formParams(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "backoffice-web",
                        "username",
                        email,
                        "password",
                        password))
                .post(setting("sandbox.url") + "/oidc/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
