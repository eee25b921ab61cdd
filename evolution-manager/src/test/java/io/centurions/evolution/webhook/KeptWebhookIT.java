package io.centurions.evolution.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does with the webhooks that are kept. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class KeptWebhookIT {

    @Test
    void each_webhook_is_kept_with_its_effect_byte_for_byte() {
        TestInstance instance = TestInstance.connected("kept");
        byte[] body = text(instance.name(), "KEPT-1", "5511922220001", "oi");

        given().contentType(ContentType.JSON)
                .header("User-Agent", "axios/1.21.1")
                .header("X-Request-Id", "req-7")
                .header("X-Forwarded-For", "192.0.2.7")
                .header("X-Centurions-Webhook-Secret", instance.secret())
                .body(body)
                .post("/webhooks/evolution/" + instance.id())
                .then()
                .statusCode(200);

        var kept = Admin.get()
                .queryOne(
                        "SELECT state, reason, instance_id, address, body, headers::text AS headers "
                                + "FROM core.webhook_inbox_evolution WHERE company_id = ?",
                        company(instance));
        assertThat(kept)
                .containsEntry("state", "applied")
                .containsEntry("reason", null)
                .containsEntry("instance_id", instance.id())
                .containsEntry("body", body)
                .containsEntry(
                        "headers",
                        "{\"user-agent\": \"axios/1.21.1\", \"content-type\": \"application/json\", \"x-request-id\": \"req-7\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'event':'moon.phase','instance':'%s','data':{'full':true}}",
                "{'event':'contacts.update','instance':'%s','data':[]}",
                "{'event':'messages.upsert','instance':'%s','data':{'key':{'remoteJid':'1203@g.us','id':'G'},'message':{}}}"
            })
    void what_says_nothing_to_this_release_is_kept_for_a_later_one(String shape) {
        TestInstance instance = TestInstance.connected("later");
        Instant before = Instant.now().minusSeconds(1);
        byte[] body = shape.replace('\'', '"').formatted(instance.name()).getBytes(StandardCharsets.UTF_8);

        instance.webhook(body, instance.secret()).statusCode(200);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, reason, instance_id, body FROM core.webhook_inbox_evolution WHERE company_id = ?",
                                company(instance)))
                .containsEntry("state", "applied")
                .containsEntry("reason", null)
                .containsEntry("instance_id", instance.id())
                .containsEntry("body", body);
        assertThat(instance.count("messages")).isZero();
        rebuild(instance, before)
                .statusCode(200)
                .body("kept", equalTo(1))
                .body("restored", equalTo(0))
                .body("unreadable", equalTo(0));
    }

    @Test
    void what_names_another_instance_waits_parked_and_is_never_this_ones() {
        TestInstance instance = TestInstance.connected("mine");
        TestInstance other = TestInstance.connected("others");
        byte[] body = text(other.name(), "OTHER-1", "5511922220008", "oi");

        instance.webhook(body, instance.secret()).statusCode(200);
        instance.webhook(body, instance.secret()).statusCode(200);

        var parked = Admin.get()
                .queryOne(
                        "SELECT id, state, reason, instance_id, body FROM core.webhook_inbox_evolution WHERE company_id = ?",
                        company(instance));
        assertThat(parked)
                .containsEntry("state", "parked")
                .containsEntry("reason", "instance_mismatch")
                .containsEntry("instance_id", instance.id())
                .containsEntry("body", body);
        reprocess((UUID) parked.get("id"))
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:webhook-unstorable"));
        assertThat(instance.count("messages") + other.count("messages")).isZero();
    }

    @Test
    void what_opens_a_phone_or_is_over_in_a_second_is_not_kept() {
        TestInstance instance = TestInstance.connected("brief");
        String idle = """
                {"event":"presence.update","instance":"%s","data":{"id":"5511922220002@s.whatsapp.net","presences":{}}}""".formatted(instance.name());
        String typing = """
                {"event":"presence.update","instance":"%s","data":{"id":"5511922220002@s.whatsapp.net","presences":
                 {"5511922220002@s.whatsapp.net":{"lastKnownPresence":"composing"}}}}""".formatted(instance.name());
        String qr = """
                {"event":"qrcode.updated","instance":"%s","data":{"qrcode":{"code":"2@secret","base64":"data:image/png;base64,AAAA"}}}""".formatted(instance.name());

        String newShape = qr.replace("qrcode\":{", "picture\":{");
        String others = qr.replace(instance.name(), "somebody-elses");

        for (String body : new String[] {idle, typing, qr, newShape, others}) {
            instance.webhook(body.getBytes(StandardCharsets.UTF_8), instance.secret())
                    .statusCode(200);
        }

        assertThat(instance.count("webhook_inbox_evolution")).isZero();
    }

    @Test
    void a_parked_webhook_that_can_be_read_now_is_handled_and_settled_once() {
        TestInstance instance = TestInstance.connected("again");
        UUID parked = park(instance, text(instance.name(), "AGAIN-1", "5511922220003", "ouviu?"));

        reprocess(parked).statusCode(200).body("state", equalTo("reprocessed"));
        reprocess(parked).statusCode(409);

        assertThat(instance.count("messages")).isOne();
        assertThat(instance.events("message.received")).isOne();
        assertThat(instance.count("webhook_inbox_evolution")).isOne();
        assertThat(Admin.get()
                        .queryOne("SELECT state, settled_by FROM core.webhook_inbox_evolution WHERE id = ?", parked))
                .containsEntry("state", "reprocessed")
                .containsEntry("settled_by", "somebody");
    }

    @Test
    void what_was_parked_with_a_file_of_any_size_is_read_without_it() {
        TestInstance instance = TestInstance.connected("with_file");
        String file = "A".repeat(20_000_001);
        byte[] body = new String(text(instance.name(), "FILE-1", "5511999990001", "x"), StandardCharsets.UTF_8)
                .replace("{\"conversation\":\"x\"}", "{\"imageMessage\":{},\"base64\":\"" + file + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        UUID parked = park(instance, body);

        reprocess(parked).statusCode(200);

        assertThat(Admin.get().queryOne("SELECT kind FROM core.messages WHERE company_id = ?", company(instance)))
                .containsEntry("kind", "image");
    }

    @Test
    void what_still_cannot_be_read_stays_parked() {
        TestInstance instance = TestInstance.connected("still");
        UUID broken = park(instance, "{\"event\":".getBytes(StandardCharsets.UTF_8));
        UUID large = park(instance, text(instance.name(), "X".repeat(700), "5511922220004", "longa demais"));

        reprocess(broken).statusCode(422).body("type", equalTo("urn:centurions:problem:webhook-unreadable"));
        reprocess(large).statusCode(422).body("type", equalTo("urn:centurions:problem:webhook-unstorable"));
        reprocess(UUID.randomUUID()).statusCode(404);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.webhook_inbox_evolution WHERE company_id = ? AND state = 'parked'",
                                company(instance)))
                .isEqualTo(2);
    }

    @Test
    void a_window_is_restored_without_a_word_to_anybody_and_a_second_time_changes_nothing() {
        TestInstance instance = TestInstance.connected("window");
        Instant before = Instant.now().minusSeconds(1);
        for (int i = 1; i <= 3; i++) {
            instance.webhook(text(instance.name(), "WIN-" + i, "5511922220005", "parte " + i), instance.secret())
                    .statusCode(200);
        }
        lose(instance);
        long told = instance.count("outbox_evolution");

        rebuild(instance, before)
                .statusCode(200)
                .body("kept", equalTo(3))
                .body("restored", equalTo(3))
                .body("unchanged", equalTo(0))
                .body("unreadable", equalTo(0))
                .body("parked", equalTo(0));
        rebuild(instance, before).statusCode(200).body("restored", equalTo(0)).body("unchanged", equalTo(3));

        assertThat(instance.count("messages")).isEqualTo(3);
        assertThat(instance.count("outbox_evolution")).isEqualTo(told);
        assertThat(instance.count("turns")).isZero();
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT inbound_seq, answered_seq, turn_due_at FROM core.conversations WHERE company_id = ?",
                                company(instance)))
                .containsEntry("inbound_seq", 3L)
                .containsEntry("answered_seq", 3L)
                .containsEntry("turn_due_at", null);
    }

    @Test
    void of_a_list_what_can_never_be_stored_waits_alone_and_the_rest_is_rebuilt() {
        TestInstance instance = TestInstance.connected("list");
        Instant before = Instant.now().minusSeconds(1);
        byte[] list = list(
                text(instance.name(), "LIST-1", "5511922220007", "oi"),
                text(instance.name(), "X".repeat(700), "5511922220007", "longa demais"));
        instance.webhook(list, instance.secret()).statusCode(200);
        instance.webhook(list, instance.secret()).statusCode(200);
        UUID parked = (UUID) Admin.get()
                .queryOne(
                        "SELECT id FROM core.webhook_inbox_evolution WHERE company_id = ? AND state = 'parked'",
                        company(instance))
                .get("id");
        lose(instance);

        reprocess(parked).statusCode(422);
        assertThat(instance.count("messages")).isZero();
        rebuild(instance, before)
                .body("restored", equalTo(1))
                .body("unchanged", equalTo(1))
                .body("parked", equalTo(1));
        assertThat(instance.count("messages")).isOne();
        assertThat(instance.events("message.received")).isOne();
    }

    private static byte[] list(byte[] first, byte[] second) {
        String one = new String(first, StandardCharsets.UTF_8);
        String two = new String(second, StandardCharsets.UTF_8);
        int data = one.indexOf("{\"key\"");
        return (one.substring(0, data) + "[" + one.substring(data, one.length() - 1) + ","
                        + two.substring(two.indexOf("{\"key\""), two.length() - 1) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void lose(TestInstance instance) {
        for (String table : new String[] {"messages", "message_keys", "conversations", "lead_identities", "leads"}) {
            Admin.get().execute("DELETE FROM core." + table + " WHERE company_id = ?", company(instance));
        }
    }

    @Test
    void what_is_parked_is_left_out_of_a_rebuild_and_still_answered_when_it_is_reprocessed() {
        TestInstance instance = TestInstance.connected("parked");
        Instant before = Instant.now().minusSeconds(1);
        instance.webhook(text(instance.name(), "LEFT-1", "5511922220006", "oi"), instance.secret())
                .statusCode(200);
        UUID parked = park(instance, text(instance.name(), "LEFT-2", "5511922220006", "e o preço?"));

        rebuild(instance, before)
                .statusCode(200)
                .body("kept", equalTo(2))
                .body("unchanged", equalTo(1))
                .body("restored", equalTo(0))
                .body("parked", equalTo(1));
        assertThat(instance.count("messages")).isOne();

        reprocess(parked).statusCode(200);
        assertThat(instance.events("message.received")).isEqualTo(2);
        rebuild(instance, before).body("unchanged", equalTo(2)).body("parked", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "-4800-01-01T00:00:00Z", "+294277-01-01T00:00:00Z"})
    void a_window_from_or_to_a_time_that_cannot_be_stored_is_the_callers_mistake(String time) {
        String now = Instant.now().toString();

        rebuild(Map.of("from", time, "to", now)).statusCode(400).body("errors.field", equalTo(List.of("from")));
        rebuild(Map.of("from", now, "to", time)).statusCode(400).body("errors.field", equalTo(List.of("to")));
    }

    @Test
    void a_window_without_its_ends_or_without_a_length_is_refused() {
        String now = Instant.now().toString();

        rebuild(Map.of("by", "somebody")).statusCode(400).body("errors.field", equalTo(List.of("from", "to")));
        rebuild(Map.of("from", now, "to", now)).statusCode(422);
    }

    @Test
    void only_our_own_services_are_heard() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/internal/webhooks/" + UUID.randomUUID() + "/reprocess")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Simulated.personToken())
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/internal/webhooks/rebuild")
                .then()
                .statusCode(403);
    }

    private static UUID park(TestInstance instance, byte[] body) {
        UUID id = UUID.randomUUID();
        Admin.get()
                .execute(
                        "INSERT INTO core.webhook_inbox_evolution (id, company_id, instance_id, provider, address, body, reason, state) "
                                + "VALUES (?, ?, ?, 'evolution', ?, ?, 'unreadable', 'parked')",
                        id,
                        company(instance),
                        instance.id(),
                        instance.id().toString(),
                        body);
        return id;
    }

    private static ValidatableResponse reprocess(UUID id) {
        return given().auth()
                .oauth2(Simulated.serviceToken())
                .contentType(ContentType.JSON)
                .body(Map.of("by", "somebody"))
                .post("/internal/webhooks/" + id + "/reprocess")
                .then();
    }

    private static ValidatableResponse rebuild(TestInstance instance, Instant from) {
        return rebuild(Map.of(
                "from", from.toString(),
                "to", Instant.now().plus(Duration.ofMinutes(1)).toString(),
                "instanceId", instance.id(),
                "by", "somebody"));
    }

    private static ValidatableResponse rebuild(Map<String, Object> ask) {
        return given().auth()
                .oauth2(Simulated.serviceToken())
                .contentType(ContentType.JSON)
                .body(ask)
                .post("/internal/webhooks/rebuild")
                .then();
    }

    private static UUID company(TestInstance instance) {
        return instance.company().company().value();
    }

    private static byte[] text(String instance, String id, String from, String text) {
        return """
                {"event":"messages.upsert","instance":"%s","data":{"key":{"remoteJid":"%s@s.whatsapp.net","fromMe":false,"id":"%s"},
                 "pushName":"Maria","message":{"conversation":"%s"},"messageType":"conversation","messageTimestamp":1795162400}}""".formatted(instance, from, id, text).getBytes(StandardCharsets.UTF_8);
    }
}
