package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator does with the webhooks of Telegram and Instagram that are kept. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class KeptWebhookIT {

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    private Scene scene;
    private Operator operator;
    private Instant before;

    @BeforeEach
    void open() {
        scene = Scene.open(url(""), secrets);
        operator = new Operator(url(""));
        before = Instant.now().minusSeconds(1);
    }

    @Test
    void an_update_is_kept_with_its_effect_and_its_secret_is_not() {
        telegram(update(1, "oi"), Map.of("User-Agent", "sender/1", "X-Forwarded-For", "192.0.2.7"));

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, instance_id, convert_from(body, 'UTF8') AS body, headers::text AS headers "
                                        + "FROM core.webhook_inbox_runtime WHERE company_id = ?",
                                company()))
                .containsEntry("state", "applied")
                .containsEntry("instance_id", scene.demo.telegram().value())
                .containsEntry("body", update(1, "oi"))
                .containsEntry("headers", "{\"user-agent\": \"sender/1\", \"content-type\": \"application/json\"}");
    }

    @Test
    void an_update_that_says_nothing_to_us_is_kept_as_it_came_all_the_same() {
        String update = "{\"update_id\":9,\"my_chat_member\":{\"chat\":{\"id\":77,\"type\":\"private\"}}}";

        telegram(update);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, reason, instance_id, convert_from(body, 'UTF8') AS body "
                                        + "FROM core.webhook_inbox_runtime WHERE company_id = ?",
                                company()))
                .containsEntry("state", "applied")
                .containsEntry("reason", null)
                .containsEntry("instance_id", scene.demo.telegram().value())
                .containsEntry("body", update);
        JsonNode rebuilt = operator.rebuilds(before, scene.demo.telegram().value());
        assertThat(rebuilt.path("kept").asInt()).isOne();
        assertThat(rebuilt.path("restored").asInt() + rebuilt.path("unreadable").asInt())
                .isZero();
    }

    @Test
    void a_post_of_instagram_that_says_nothing_to_us_is_kept_as_it_came_all_the_same() {
        String post = instagram("standby-" + company(), "oi").replace("messaging", "standby");

        operator.posts(post);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, instance_id, headers - 'user-agent' = '{\"content-type\":\"application/json\"}' AS safe "
                                        + "FROM core.webhook_inbox_runtime WHERE body = ?",
                                (Object) post.getBytes(StandardCharsets.UTF_8)))
                .containsEntry("state", "applied")
                .containsEntry("instance_id", null)
                .containsEntry("safe", true);
        assertThat(operator.rebuilds(before, scene.demo.instagram().value())
                        .path("kept")
                        .asInt())
                .isZero();
    }

    @Test
    void an_update_and_a_post_of_instagram_in_an_unknown_form_wait_parked_with_their_bytes() {
        String update = update(10, "oi").replace("\"message\"", "\"post\"");
        String post = instagram("strange-" + company(), "oi").replace("\"message\"", "\"post\"");
        for (int times = 0; times < 2; times++) {
            telegram(update);
            operator.posts(post);
        }

        var parked = Admin.get()
                .query(
                        "SELECT id, reason, instance_id, state, convert_from(body, 'UTF8') AS body FROM core.webhook_inbox_runtime "
                                + "WHERE company_id = ? ORDER BY provider",
                        company());
        assertThat(parked)
                .extracting(row -> row.get("reason"), row -> row.get("instance_id"), row -> row.get("state"))
                .containsExactly(
                        tuple("unknown_update", scene.demo.instagram().value(), "parked"),
                        tuple("unknown_update", scene.demo.telegram().value(), "parked"));
        assertThat((String) parked.getFirst().get("body")).contains("\"post\":{\"mid\":\"strange-" + company());
        assertThat(parked.getLast()).containsEntry("body", update);
        parked.forEach(each ->
                assertThat(operator.reprocesses(each.get("id")).status()).isEqualTo(422));
    }

    @Test
    void a_parked_update_and_a_parked_post_of_instagram_are_handled_as_if_they_came_now() {
        UUID update = park("telegram", scene.demo.telegram().value(), update(2, "ouviu?"));
        UUID post = park("instagram", null, instagram("mid-parked", "e aqui?"));
        UUID broken = park("telegram", scene.demo.telegram().value(), "{\"update_id\":");

        assertThat(operator.reprocesses(update).status()).isEqualTo(200);
        assertThat(operator.reprocesses(update).status()).isEqualTo(409);
        assertThat(operator.reprocesses(post).status()).isEqualTo(200);
        assertThat(operator.reprocesses(broken).status()).isEqualTo(422);

        assertThat(texts(scene, "telegram")).isEqualTo(1);
        assertThat(texts(scene, "instagram")).isEqualTo(1);
        assertThat(Admin.get().queryOne("SELECT settled_by FROM core.webhook_inbox_runtime WHERE id = ?", update))
                .containsEntry("settled_by", "somebody");
    }

    @Test
    void a_window_from_a_time_that_cannot_be_stored_is_the_callers_mistake() {
        Http.Response answer = operator.asks(
                "/internal/webhooks/rebuild",
                "{\"from\":\"-1000000000-01-01T00:00:00Z\",\"to\":\"%s\"}".formatted(Instant.now()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("from");
    }

    @Test
    void a_window_of_both_channels_is_restored_and_announces_nothing() {
        telegram(update(3, "um"));
        telegram(update(4, "dois"));
        operator.posts(instagram("mid-window", "três"));
        assertThat(texts(scene, "telegram")).isEqualTo(2);
        Admin.get()
                .execute(
                        "UPDATE core.conversations SET state = 'human', turn_due_at = NULL, burst_started_at = NULL WHERE company_id = ?",
                        company());
        Admin.get().execute("DELETE FROM core.messages WHERE company_id = ? AND direction = 'in'", company());
        long told = received();

        JsonNode telegram = operator.rebuilds(before, scene.demo.telegram().value());
        JsonNode instagram = operator.rebuilds(before, scene.demo.instagram().value());
        JsonNode again = operator.rebuilds(before, scene.demo.telegram().value());

        assertThat(telegram.path("restored").asInt()).isEqualTo(2);
        assertThat(instagram.path("restored").asInt()).isEqualTo(1);
        assertThat(again.path("restored").asInt()).isZero();
        assertThat(again.path("unchanged").asInt()).isEqualTo(2);
        assertThat(texts(scene, "telegram")).isEqualTo(2);
        assertThat(received()).isEqualTo(told);
    }

    private void telegram(String body) {
        telegram(body, Map.of());
    }

    private void telegram(String body, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("Content-Type", "application/json");
        headers.put("X-Telegram-Bot-Api-Secret-Token", Scene.SECRET);
        assertThat(Http.post(
                                url("/webhooks/telegram/" + scene.demo.telegram()),
                                headers,
                                body.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    private UUID park(String provider, UUID instance, String body) {
        UUID id = UUID.randomUUID();
        Admin.get()
                .execute(
                        "INSERT INTO core.webhook_inbox_runtime (id, company_id, instance_id, provider, address, body, reason, state) "
                                + "VALUES (?, ?, ?, ?, 'there', ?, 'not_json', 'parked')",
                        id,
                        company(),
                        instance,
                        provider,
                        body.getBytes(StandardCharsets.UTF_8));
        return id;
    }

    private static long texts(Scene of, String channel) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages m JOIN core.conversations c ON c.id = m.conversation_id "
                                + "WHERE m.company_id = ? AND c.channel = ? AND m.direction = 'in'",
                        of.demo.company().value(),
                        channel);
    }

    private long received() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_runtime WHERE company_id = ? AND type IN ('message.received', 'lead.created')",
                        company());
    }

    private UUID company() {
        return scene.demo.company().value();
    }

    private static String update(int id, String text) {
        return """
                {"update_id":%1$d,"message":{"message_id":%1$d,"date":1795162400,"text":"%2$s",\
                "from":{"id":77,"is_bot":false,"first_name":"Ana"},"chat":{"id":77,"type":"private"}}}""".formatted(id, text);
    }

    private String instagram(String mid, String text) {
        return "{\"object\":\"instagram\",\"entry\":[%s]}".formatted(entry(scene.demo.instagramId(), mid, text));
    }

    private static String entry(String account, String mid, String text) {
        return """
                {"id":"%1$s","time":1795162400000,"messaging":[{"sender":{"id":"88"},"recipient":{"id":"%1$s"},\
                "timestamp":1795162400000,"message":{"mid":"%2$s","text":"%3$s"}}]}""".formatted(account, mid, text);
    }

    private String url(String path) {
        return self.toString().replaceAll("/$", "") + path;
    }
}
