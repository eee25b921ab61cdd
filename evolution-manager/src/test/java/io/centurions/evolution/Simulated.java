package io.centurions.evolution;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** The simulated world around us: the lead's phone, the Evolution server as an operator sees it, and the issuer of tokens. */
public final class Simulated {

    private static final String KEY = "sandbox-evolution-key";

    private static String serviceToken;

    private Simulated() {}

    /** Writes as a lead; answers the provider's id. The same id again repeats the webhook byte for byte. */
    public static String write(String instance, String from, String id, String text) {
        return write(instance, Map.of("from", from, "name", "Maria", "text", text, "id", id));
    }

    /** Writes whatever the phone takes. */
    public static String write(String instance, Map<String, Object> message) {
        return given().contentType(ContentType.JSON)
                .body(message)
                .post(url() + "/phone/whatsapp/" + instance + "/messages")
                .then()
                .statusCode(200)
                .extract()
                .path("providerMessageId");
    }

    /** What the lead got, oldest first. */
    public static List<Map<String, Object>> received(String instance, String from) {
        JsonPath chat = given().get(url() + "/phone/whatsapp/" + instance + "/chats/" + from)
                .jsonPath();
        return chat.getList("messages.findAll { it.direction == 'out' }");
    }

    /** The webhook as the server has it registered. */
    public static JsonPath registeredWebhook(String instance) {
        return given().header("apikey", KEY)
                .get(url() + "/evolution/webhook/find/" + instance)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The server is told another address of us, as an earlier start of ours did. */
    public static void registerWebhook(String instance, String url) {
        Map<String, Object> webhook = Map.of("enabled", true, "url", url, "events", List.of("MESSAGES_UPSERT"));
        given().header("apikey", KEY)
                .contentType(ContentType.JSON)
                .body(Map.of("webhook", webhook))
                .post(url() + "/evolution/webhook/set/" + instance)
                .then()
                .statusCode(201);
    }

    /** The key by which whoever has it speaks as the instance. */
    public static String keyOf(String instance) {
        return given().header("apikey", KEY)
                .get(url() + "/evolution/instance/fetchInstances?instanceName=" + instance)
                .then()
                .statusCode(200)
                .extract()
                .path("[0].token");
    }

    /** The server forgets an instance without telling us. */
    public static void removeInstance(String instance) {
        given().header("apikey", KEY)
                .delete(url() + "/evolution/instance/delete/" + instance)
                .then()
                .statusCode(200);
    }

    /** Somebody else sends through the server, with the same key. */
    public static String send(String instance, String number, String text) {
        return given().header("apikey", KEY)
                .contentType(ContentType.JSON)
                .body(Map.of("number", number, "text", text))
                .post(url() + "/evolution/message/sendText/" + instance)
                .then()
                .statusCode(201)
                .extract()
                .path("key.id");
    }

    /** Something goes wrong at the server. */
    public static void fault(Map<String, Object> fault) {
        given().contentType(ContentType.JSON)
                .body(fault)
                .post(url() + "/faults")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    public static void noFaults() {
        given().delete(url() + "/faults").then().statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    /** Paths of the calls that the server received, in order. */
    public static List<String> calls() {
        return given().get(url() + "/calls?provider=evolution").jsonPath().getList("path");
    }

    /** The token of another service. */
    public static synchronized String serviceToken() {
        if (serviceToken == null) {
            serviceToken = newServiceToken();
        }
        return serviceToken;
    }

    private static String newServiceToken() {
        return token(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                "backoffice-api",
                "client_secret",
                "backoffice-api-secret"));
    }

    /** The token of a person, who is no service. */
    public static String personToken() {
        return token(Map.of(
                "grant_type", "password",
                "client_id", "backoffice-web",
                "username", "owner@centurions.test",
                "password", "owner"));
    }

    private static String token(Map<String, String> form) {
        return given().formParams(form)
                .post(url() + "/oidc/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private static String url() {
        return ConfigProvider.getConfig().getValue("sandbox.url", String.class);
    }
}
