package io.centurions.evolution.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Operators;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class WebhookIT {

    @Test
    void a_stranger_is_not_heard() {
        TestInstance instance = TestInstance.connected("stranger");
        byte[] body = text(instance.name(), "A1", "5511911110001", "oi");

        instance.webhook(body, null).statusCode(401);
        instance.webhook(body, "wrong").statusCode(401);
        given().body(body)
                .post("/webhooks/evolution/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        given().body(body).post("/webhooks/evolution/no-id").then().statusCode(404);

        assertThat(instance.count("messages")).isZero();
    }

    @Test
    void a_token_of_the_servers_own_is_nobodys_concern() {
        TestInstance instance = TestInstance.connected("token");

        given().header("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.signedByTheServer")
                .header("X-Centurions-Webhook-Secret", instance.secret())
                .body(text(instance.name(), "TOKEN-1", "5511999990008", "oi"))
                .post("/webhooks/evolution/" + instance.id())
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.signedByTheServer")
                .post("/webhooks/../internal/webhooks/rebuild")
                .then()
                .statusCode(401);

        assertThat(instance.count("messages")).isOne();
    }

    @Test
    void a_burst_is_stored_once_however_often_it_comes() {
        TestInstance instance = TestInstance.connected("burst");

        for (int round = 0; round < 3; round++) {
            Simulated.write(instance.name(), "5511911110002", "BURST-1", "Oi");
            Simulated.write(instance.name(), "5511911110002", "BURST-2", "vi o anúncio");
            Simulated.write(instance.name(), "5511911110002", "BURST-3", "quanto custa?");
        }

        assertThat(instance.count("messages")).isEqualTo(3);
        assertThat(instance.count("conversations")).isOne();
        assertThat(instance.count("leads")).isOne();
        assertThat(instance.events("message.received")).isEqualTo(3);
        assertThat(instance.events("lead.created")).isOne();
    }

    @Test
    void a_webhook_leaves_its_connection_open_for_the_next() {
        TestInstance instance = TestInstance.connected("alive");

        instance.webhook(text(instance.name(), "ALIVE-1", "5511911110003", "oi"), instance.secret())
                .statusCode(200)
                .header("Connection", nullValue());
    }

    @Test
    void webhooks_that_come_all_at_once_and_twice_are_stored_once_each() throws Exception {
        TestInstance instance = TestInstance.connected("storm");
        String secret = instance.secret();
        List<Callable<Integer>> posts = IntStream.range(0, 40)
                .<Callable<Integer>>mapToObj(i -> () -> instance.webhook(
                                text(
                                        instance.name(),
                                        "STORM-" + (i % 20),
                                        "55119111200" + (i % 4) + "0",
                                        "mensagem " + (i % 20)),
                                secret)
                        .extract()
                        .statusCode())
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> answered : threads.invokeAll(posts)) {
                assertThat(answered.get()).isEqualTo(200);
            }
        }

        assertThat(instance.count("messages")).isEqualTo(20);
        assertThat(instance.events("message.received")).isEqualTo(20);
        assertThat(instance.count("leads")).isEqualTo(4);
    }

    @Test
    void every_captured_webhook_is_taken_byte_for_byte() throws IOException, URISyntaxException {
        TestInstance tenantA = named("tenant-a");
        TestInstance biz = named("biz");
        Path folder = Path.of(WebhookIT.class.getResource("/evolution").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("wh-"))
                    .sorted()
                    .toList()) {
                byte[] body = Files.readAllBytes(file);
                boolean business = new String(body, StandardCharsets.UTF_8).contains("\"instance\": \"biz\"");
                TestInstance instance = business ? biz : tenantA;
                instance.webhook(body, instance.secret()).statusCode(200);
                instance.webhook(body, instance.secret()).statusCode(200);
            }
        }

        assertThat(parked(tenantA) + parked(biz)).isZero();
        assertThat(tenantA.count("webhook_inbox_evolution")).isPositive();
        assertThat(inbound(tenantA)).isEqualTo(16);
        assertThat(inbound(biz)).isEqualTo(2);
        assertThat(tenantA.count("leads")).isOne();
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT attribution ->> 'ctwa_clid' AS click FROM core.leads WHERE company_id = ?",
                                tenantA.company().company().value())
                        .get("click"))
                .isEqualTo("ARA0demo-ClickId_0001-abcdefghijklmnopqrstuvwxyz");
    }

    @Test
    void what_is_genuine_but_unreadable_is_kept_as_it_came() {
        TestInstance instance = TestInstance.connected("unread");
        byte[] broken = "{\"event\":\"messages.upsert\",\"data\":{".getBytes(StandardCharsets.UTF_8);

        instance.webhook(broken, instance.secret()).statusCode(200);

        var kept = Admin.get()
                .queryOne(
                        "SELECT body, reason, headers::text AS headers FROM core.webhook_inbox_evolution WHERE company_id = ?",
                        instance.company().company().value());
        assertThat((byte[]) kept.get("body")).isEqualTo(broken);
        assertThat(kept.get("reason")).isEqualTo("unreadable");
        assertThat((String) kept.get("headers")).doesNotContain(instance.secret());
    }

    @Test
    void an_instance_named_in_the_body_never_overrides_the_address() {
        TestInstance instance = TestInstance.connected("addr");
        TestInstance other = TestInstance.connected("other");

        instance.webhook(text(other.name(), "MISS-1", "5511911110003", "oi"), instance.secret())
                .statusCode(200);

        assertThat(instance.count("messages") + other.count("messages")).isZero();
        assertThat(metrics()).contains("reason=\"instance_mismatch\"");
    }

    @Test
    void what_is_not_for_us_is_counted() {
        TestInstance instance = TestInstance.connected("count");
        String secret = instance.secret();

        instance.webhook(
                        ("{\"event\":\"moon.phase\",\"instance\":\"" + instance.name() + "\",\"data\":{}}")
                                .getBytes(StandardCharsets.UTF_8),
                        secret)
                .statusCode(200);
        instance.webhook(text(instance.name(), "GROUP-1", "1203@g.us", "oi"), secret)
                .statusCode(200);

        assertThat(metrics())
                .contains("webhook_ignored_total{provider=\"evolution\",reason=\"unknown_event\"}")
                .contains("webhook_ignored_total{provider=\"evolution\",reason=\"group\"}");
        assertThat(instance.count("messages")).isZero();
    }

    @Test
    void a_body_beyond_the_limit_is_refused() {
        TestInstance instance = TestInstance.connected("large");

        assertThat(instance.largeWebhook(new byte[32 * 1024 * 1024 + 1])).isEqualTo(413);
    }

    @Test
    void text_that_postgresql_cannot_hold_is_stored_all_the_same() {
        TestInstance instance = TestInstance.connected("nul");

        instance.webhook(text(instance.name(), "NUL-1", "5511911110004", "a\\u0000b\\ud800c"), instance.secret())
                .statusCode(200);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT text FROM core.messages WHERE company_id = ?",
                                instance.company().company().value())
                        .get("text"))
                .isEqualTo("a\uFFFDb\uFFFDc");
    }

    @Test
    void one_message_that_cannot_be_stored_does_not_take_the_others_with_it() {
        TestInstance instance = TestInstance.connected("split");
        byte[] batch = """
                {"event":"messages.upsert","instance":"%1$s","data":[
                 {"key":{"remoteJid":"5511911110005@s.whatsapp.net","id":"%2$s"},"message":{"conversation":"longa demais"}},
                 {"key":{"remoteJid":"5511911110005@s.whatsapp.net","id":"GOOD-1"},"message":{"conversation":"boa"}}]}""".formatted(instance.name(), "X".repeat(700)).getBytes(StandardCharsets.UTF_8);

        instance.webhook(batch, instance.secret()).statusCode(200);

        assertThat(instance.count("messages")).isOne();
        assertThat(Admin.get()
                        .query(
                                "SELECT reason, convert_from(body, 'UTF8') AS body FROM core.webhook_inbox_evolution WHERE company_id = ? "
                                        + "ORDER BY reason",
                                instance.company().company().value()))
                .satisfiesExactly(
                        parked -> assertThat(parked).containsEntry("reason", "unstorable"),
                        applied -> assertThat((String) applied.get("body"))
                                .contains("GOOD-1")
                                .doesNotContain("longa demais"));
    }

    @Test
    void what_cannot_be_stored_is_not_acknowledged() {
        TestInstance instance = TestInstance.connected("outage");
        String secret = instance.secret();
        byte[] body = text(instance.name(), "OUTAGE-1", "5511911110006", "ouviu?");

        Admin.get().execute("ALTER ROLE evolution_app CONNECTION LIMIT 0");
        try {
            Admin.get().query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'evolution_app'");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () -> instance.webhook(body, secret).statusCode(503).header("Retry-After", notNullValue()));
        } finally {
            Admin.get().execute("ALTER ROLE evolution_app CONNECTION LIMIT -1");
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> instance.webhook(body, secret).statusCode(200));
        assertThat(instance.count("messages")).isOne();
    }

    private static TestInstance named(String serverName) {
        TestInstance made = TestInstance.of(io.centurions.platform.testkit.Companies.make("cap"));
        made.provideAs(serverName).statusCode(200);
        return new TestInstance(made.company(), made.id(), serverName);
    }

    private static long parked(TestInstance instance) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.webhook_inbox_evolution WHERE company_id = ? AND state = 'parked'",
                        instance.company().company().value());
    }

    private static long inbound(TestInstance instance) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'in'",
                        instance.company().company().value());
    }

    private static String metrics() {
        return Operators.metrics();
    }

    private static byte[] text(String instance, String id, String from, String text) {
        String jid = from.contains("@") ? from : from + "@s.whatsapp.net";
        return """
                {"event":"messages.upsert","instance":"%s","data":{"key":{"remoteJid":"%s","fromMe":false,"id":"%s"},"pushName":"Maria",
                 "message":{"conversation":"%s"},"messageType":"conversation","messageTimestamp":1795162400}}""".formatted(instance, jid, id, text).getBytes(StandardCharsets.UTF_8);
    }
}
