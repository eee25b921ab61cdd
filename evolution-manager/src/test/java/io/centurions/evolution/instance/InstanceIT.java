package io.centurions.evolution.instance;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class InstanceIT {

    @AfterEach
    void heal() {
        Simulated.noFaults();
    }

    @Test
    void a_new_instance_shows_a_qr_and_connects_when_it_is_scanned() {
        TestInstance instance = TestInstance.of(Companies.make("life"));

        instance.provide()
                .statusCode(200)
                .body("state", equalTo("qr_ready"))
                .body("qr.base64", startsWith("data:image/png;base64,"))
                .body("qr.code", notNullValue());
        instance.awaitState("connected");

        instance.look().body("qr", nullValue());
        assertThat(announced(instance)).containsSubsequence("QR_READY", "CONNECTED");
        assertThat(instance.count("instance_events")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void the_server_is_told_our_address_and_a_secret_of_its_own() {
        TestInstance one = TestInstance.of(Companies.make("hook"));
        TestInstance other = TestInstance.of(Companies.make("hook"));
        one.provide();
        other.provide();

        var webhook = Simulated.registeredWebhook(one.name());

        String base = ConfigProvider.getConfig().getValue("webhook.base-url", String.class);
        assertThat(webhook.getString("url")).isEqualTo(base + "/webhooks/evolution/" + one.id());
        assertThat(webhook.getBoolean("enabled")).isTrue();
        assertThat(webhook.getBoolean("webhookByEvents")).isFalse();
        assertThat(webhook.getBoolean("webhookBase64")).isFalse();
        assertThat(webhook.<String>getList("events"))
                .contains("MESSAGES_UPSERT", "MESSAGES_UPDATE", "CONNECTION_UPDATE");
        assertThat(one.secret()).hasSizeGreaterThan(40).isNotEqualTo(other.secret());
    }

    @Test
    void secrets_are_stored_sealed() {
        TestInstance instance = TestInstance.of(Companies.make("seal"));
        instance.provide();

        var row = Admin.get()
                .queryOne(
                        "SELECT sealed::text, keeps_messages FROM core.whatsapp_instances WHERE instance_id = ?",
                        instance.id());

        assertThat((String) row.get("sealed"))
                .contains("webhook_secret", "instance_token")
                .doesNotContain(instance.secret());
        assertThat(row.get("keeps_messages")).isEqualTo(true);
    }

    @Test
    void providing_it_again_keeps_the_secret_and_adopts_what_is_there() {
        TestInstance instance = TestInstance.connected("again");
        String secret = instance.secret();

        instance.provide().statusCode(200).body("state", equalTo("connected"));

        assertThat(instance.secret()).isEqualTo(secret);
        assertThat(instance.count("whatsapp_instances")).isOne();
    }

    @Test
    void an_instance_whose_server_was_away_is_provided_by_the_next_attempt() {
        TestInstance instance = TestInstance.of(Companies.make("away"));
        Simulated.fault(Map.of("provider", "evolution", "path", "/instance/create", "status", 503, "times", 1));

        instance.provide()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:centurions:problem:provider-unavailable"));
        instance.look().statusCode(200).body("state", equalTo("new"));
        instance.provide().statusCode(200).body("state", equalTo("qr_ready"));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 500})
    void an_instance_whose_server_fails_at_look_ups_is_provided_and_they_are_asked_for_again(int status) {
        TestInstance instance = TestInstance.of(Companies.make("halfway"));
        Simulated.fault(Map.of("provider", "evolution", "path", "/chat/findMessages/", "status", status));

        instance.provide().statusCode(200).body("state", equalTo("qr_ready"));

        assertThat(row(instance))
                .as("until it refuses them, look-ups are tried")
                .containsEntry("keeps_messages", true)
                .containsEntry("has_token", true);
        keepsMessages(instance, false);
        instance.provide().statusCode(200);
        assertThat(row(instance)).as("what was known stays").containsEntry("keeps_messages", false);
        Simulated.noFaults();
        instance.provide().statusCode(200);
        assertThat(row(instance)).containsEntry("keeps_messages", true).containsEntry("has_token", true);
    }

    @Test
    void a_server_that_fails_at_look_ups_alone_goes_on_being_asked_for_the_rest() {
        TestInstance instance = TestInstance.of(Companies.make("lookups"));
        Simulated.fault(Map.of("provider", "evolution", "path", "/chat/findMessages/", "status", 500));

        for (int attempt = 0; attempt < 10; attempt++) {
            instance.provide().statusCode(200);
        }
    }

    private static void keepsMessages(TestInstance instance, boolean keeps) {
        Admin.get()
                .execute(
                        "UPDATE core.whatsapp_instances SET keeps_messages = ? WHERE instance_id = ?",
                        keeps,
                        instance.id());
    }

    private static Map<String, Object> row(TestInstance instance) {
        return Admin.get()
                .queryOne(
                        "SELECT keeps_messages, sealed ->> 'instance_token' IS NOT NULL AS has_token"
                                + " FROM core.whatsapp_instances WHERE instance_id = ?",
                        instance.id());
    }

    @Test
    void a_proxy_that_says_404_or_403_has_deleted_and_named_nothing() {
        TestInstance instance = TestInstance.of(Companies.make("proxied"));
        Simulated.fault(Map.of("provider", "evolution", "path", "/instance/create", "status", 403, "times", 1));
        instance.provide().statusCode(503).body("type", equalTo("urn:centurions:problem:provider-unavailable"));
        instance.provide().statusCode(200);
        Simulated.fault(Map.of("provider", "evolution", "path", "/instance/delete/", "status", 404, "times", 1));

        instance.delete().statusCode(503).body("type", equalTo("urn:centurions:problem:provider-unavailable"));
        instance.delete().statusCode(204);

        assertThat(Simulated.calls().stream().filter(path -> path.endsWith("/delete/" + instance.name())))
                .as("the server's part was done again")
                .hasSize(2);
    }

    @Test
    void a_name_that_is_another_companys_is_refused() {
        TestInstance owner = TestInstance.connected("mine");
        TestInstance other = TestInstance.of(Companies.make("theirs"));

        other.provideAs(owner.name()).statusCode(409).body("type", equalTo("urn:centurions:problem:instance-name"));

        assertThat(Simulated.registeredWebhook(owner.name()).getString("url"))
                .endsWith(owner.id().toString());
    }

    @Test
    void a_person_logs_it_out_and_connects_it_again() {
        TestInstance instance = TestInstance.connected("logout");

        instance.command("logout").statusCode(200).body("state", equalTo("disconnected"));
        instance.command("restart")
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:instance-not-connected"));
        instance.command("connect").statusCode(200).body("state", equalTo("qr_ready"));
        instance.awaitState("connected");
        instance.command("restart").statusCode(200);
        instance.awaitState("connected");
    }

    @Test
    void a_command_that_was_kept_back_from_a_limited_server_says_that_nothing_was_done() {
        TestInstance instance = TestInstance.connected("limited");
        Simulated.fault(Map.of(
                "provider",
                "evolution",
                "path",
                "/instance/restart/",
                "status",
                429,
                "headers",
                Map.of("Retry-After", "60")));

        instance.command("restart").statusCode(503).body("detail", containsString("not known"));
        instance.command("restart")
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("detail", startsWith("nothing was done"));
    }

    @Test
    void a_deleted_instance_is_gone_at_the_server_and_stays_deleted() {
        TestInstance instance = TestInstance.connected("gone");
        byte[] late =
                "{\"event\":\"messages.upsert\",\"instance\":\"x\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String secret = instance.secret();

        instance.delete().statusCode(204);
        instance.delete().statusCode(204);

        instance.look().body("state", equalTo("deleted"));
        instance.provide().statusCode(409).body("type", equalTo("urn:centurions:problem:instance-deleted"));
        instance.command("connect").statusCode(404);
        instance.webhook(late, secret).statusCode(200);
        assertThat(announced(instance)).endsWith("DISCONNECTED");
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT sealed::text AS sealed FROM core.whatsapp_instances WHERE instance_id = ?",
                                instance.id())
                        .get("sealed"))
                .isEqualTo("{}");
    }

    @Test
    void only_services_may_ask() {
        String path = "/internal/instances/" + UUID.randomUUID();

        given().get(path).then().statusCode(401);
        given().auth().oauth2(Simulated.personToken()).get(path).then().statusCode(403);
        given().auth().oauth2(Simulated.serviceToken()).get(path).then().statusCode(404);
    }

    @Test
    void a_request_that_is_wrong_is_told_what_is_wrong() {
        String path = "/internal/instances/" + UUID.randomUUID();
        var asService = given().auth().oauth2(Simulated.serviceToken()).contentType(ContentType.JSON);

        asService
                .body("{\"companyId\":")
                .put(path)
                .then()
                .statusCode(400)
                .body("type", startsWith("urn:centurions:problem:"));
        asService
                .body(Map.of("name", "a b"))
                .put(path)
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("companyId", "name"));
        given().auth()
                .oauth2(Simulated.serviceToken())
                .queryParam("number", "+55 11")
                .post(path + "/connect")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("number")));
        asService
                .body(Map.of("companyId", UUID.randomUUID(), "name", "nobodys"))
                .put(path)
                .then()
                .statusCode(404);
    }

    private static List<String> announced(TestInstance instance) {
        return Admin.get().query("""
                        SELECT payload ->> 'state' AS state FROM core.outbox_evolution
                         WHERE company_id = ? AND type = 'instance.status' ORDER BY position
                        """, instance.company().company().value()).stream()
                .map(row -> (String) row.get("state"))
                .toList();
    }
}
