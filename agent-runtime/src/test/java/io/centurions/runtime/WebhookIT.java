package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.webhooks.Signatures;
import io.centurions.runtime.intake.Fixture;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class WebhookIT {

    private static final String APP_SECRET = "sandbox-app-secret";

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    private Scene scene;

    @BeforeEach
    void open() {
        scene = Scene.open(url(""), secrets);
    }

    @Test
    void meta_verifies_the_address_by_our_token() {
        String query = "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

        var right = Http.get(url("/webhooks/instagram" + query + "sandbox-verify-token"));
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.body()).isEqualTo("1158201444");
        assertThat(Http.get(url("/webhooks/instagram" + query + "other")).status())
                .isEqualTo(403);
    }

    @Test
    void a_signature_over_other_bytes_is_refused() {
        byte[] body = instagramBody(scene.demo.instagramId(), "mid-1", "oi");
        String signed = "sha256=" + Signatures.hmacSha256Hex("other".getBytes(StandardCharsets.UTF_8), body);

        assertThat(instagram(body, signed).status()).isEqualTo(401);
        assertThat(instagram(body, null).status()).isEqualTo(401);
        assertThat(scene.conversations()).isZero();
    }

    @Test
    void one_post_may_carry_several_accounts_and_an_unknown_one_holds_up_none() {
        Scene other = Scene.open(url(""), secrets);
        String entries = "[%s,%s,%s]"
                .formatted(
                        entry(scene.demo.instagramId(), "m1", "oi"),
                        entry("999", "m2", "quem?"),
                        entry(other.demo.instagramId(), "m3", "olá"));
        byte[] body = ("{\"object\":\"instagram\",\"entry\":" + entries + "}").getBytes(StandardCharsets.UTF_8);

        assertThat(instagram(body, sign(body)).status()).isEqualTo(200);
        assertThat(instagram(body, sign(body)).status()).isEqualTo(200);

        assertThat(inbound(scene)).isEqualTo(1);
        assertThat(inbound(other)).isEqualTo(1);
    }

    @Test
    void every_captured_instagram_body_is_taken_in() {
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET external_id = '17841400000000001' WHERE id = ?",
                        scene.demo.instagram().value());
        List<String> messages = List.of(
                "wh-text",
                "wh-image",
                "wh-audio",
                "wh-two-attachments",
                "wh-inline-reply",
                "wh-story-reply",
                "wh-quick-reply",
                "wh-ad-referral",
                "wh-postback");
        List<String> others = List.of("wh-reaction", "wh-read", "wh-deleted", "wh-referral-igme", "wh-comment-change");

        Stream.concat(messages.stream(), others.stream()).forEach(fixture -> {
            byte[] body = Fixture.bytes("instagram/" + fixture + ".json");
            assertThat(instagram(body, sign(body)).status()).as(fixture).isEqualTo(200);
            assertThat(instagram(body, sign(body)).status()).as(fixture).isEqualTo(200);
        });

        assertThat(inbound(scene)).isEqualTo(messages.size());
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT text, deleted_at IS NOT NULL AS deleted FROM core.messages WHERE company_id = ? AND seq = 1",
                                scene.demo.company().value()))
                .containsEntry("text", null)
                .containsEntry("deleted", true);
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT attribution ->> 'ad_id' AS ad FROM core.leads WHERE company_id = ?",
                                scene.demo.company().value()))
                .containsEntry("ad", "120210000000000009");

        // An echo of words that are not ours: a person of the company answers in the app.
        byte[] echo = Fixture.bytes("instagram/wh-echo.json");
        assertThat(instagram(echo, sign(echo)).status()).isEqualTo(200);
        assertThat(scene.conversation()).containsEntry("state", "human");
    }

    @ParameterizedTest
    @CsvSource({
        "wh-text, 1",
        "wh-audio, 1",
        "wh-voice, 1",
        "wh-photo, 1",
        "wh-video, 1",
        "wh-document, 1",
        "wh-big-file, 1",
        "wh-contact, 1",
        "wh-reply, 1",
        "wh-start-deeplink, 1",
        "wh-callback-query, 1",
        "wh-edited, 0"
    })
    void every_captured_telegram_body_is_taken_in(String fixture, long messages) {
        byte[] body = Fixture.bytes("telegram/" + fixture + ".json");

        var first = telegram(body, Scene.SECRET);
        var second = telegram(body, Scene.SECRET);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(inbound(scene)).isEqualTo(messages);
        assertThat(first.body().contains("answerCallbackQuery")).isEqualTo(fixture.equals("wh-callback-query"));
    }

    @Test
    void a_wrong_secret_is_401_an_unknown_instance_404_and_a_deleted_one_200() {
        byte[] body = Fixture.bytes("telegram/wh-text.json");

        assertThat(telegram(body, "wrong").status()).isEqualTo(401);
        assertThat(telegram(body, null).status()).isEqualTo(401);
        assertThat(Http.post(url("/webhooks/telegram/" + UUID.randomUUID()), Map.of(), body)
                        .status())
                .isEqualTo(404);
        assertThat(Http.post(url("/webhooks/telegram/nonsense"), Map.of(), body).status())
                .isEqualTo(404);

        Scene gone = Scene.open(url(""), secrets);
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET status = 'deleted', deleted_at = clock_timestamp() WHERE id = ?",
                        gone.demo.telegram().value());
        assertThat(Http.post(url("/webhooks/telegram/" + gone.demo.telegram()), Map.of(), body)
                        .status())
                .isEqualTo(200);
        assertThat(inbound(gone)).isZero();
    }

    @Test
    void a_strangers_large_body_is_not_even_asked_for() throws IOException {
        try (Socket stranger = new Socket(self.getHost(), self.getPort())) {
            stranger.setSoTimeout(20_000);
            stranger.getOutputStream()
                    .write(("POST /webhooks/telegram/" + scene.demo.telegram() + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Expect: 100-continue\r\nContent-Length: 4000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(stranger.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 401 ");
        }
    }

    @Test
    void what_is_too_large_is_413_and_what_is_unreadable_is_kept_raw() {
        assertThat(telegram(new byte[4 * 1024 * 1024 + 1], Scene.SECRET).status())
                .isEqualTo(413);
        byte[] broken = "{\"update_id\":".getBytes(StandardCharsets.UTF_8);

        assertThat(telegram(broken, Scene.SECRET).status()).isEqualTo(200);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT body, reason FROM core.webhook_inbox_runtime WHERE company_id = ?",
                                scene.demo.company().value()))
                .containsEntry("body", broken)
                .containsEntry("reason", "not_json");
    }

    @Test
    void characters_that_cannot_be_stored_are_replaced() {
        String body = """
                {"update_id":5,"message":{"message_id":1,"date":1795162400,"text":"a\\u0000b\\ud83d",
                 "from":{"id":77,"is_bot":false,"first_name":"Ana\\u0000"},"chat":{"id":77,"type":"private"}}}
                """;

        assertThat(telegram(body.getBytes(StandardCharsets.UTF_8), Scene.SECRET).status())
                .isEqualTo(200);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT text FROM core.messages WHERE company_id = ? AND direction = 'in'",
                                scene.demo.company().value()))
                .containsEntry("text", "a\uFFFDb\uFFFD");
    }

    private Http.Response telegram(byte[] body, String secret) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        if (secret != null) {
            headers.put("X-Telegram-Bot-Api-Secret-Token", secret);
        }
        return Http.post(url("/webhooks/telegram/" + scene.demo.telegram()), headers, body);
    }

    private Http.Response instagram(byte[] body, String signature) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        if (signature != null) {
            headers.put("X-Hub-Signature-256", signature);
        }
        return Http.post(url("/webhooks/instagram"), headers, body);
    }

    private static String sign(byte[] body) {
        return "sha256=" + Signatures.hmacSha256Hex(APP_SECRET.getBytes(StandardCharsets.UTF_8), body);
    }

    private static byte[] instagramBody(String account, String mid, String text) {
        return ("{\"object\":\"instagram\",\"entry\":[" + entry(account, mid, text) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String entry(String account, String mid, String text) {
        return """
                {"id":"%s","time":1795162400123,"messaging":[{"sender":{"id":"900000000000001"},"recipient":{"id":"%s"},
                 "timestamp":1795162400001,"message":{"mid":"%s","text":"%s"}}]}
                """.formatted(account, account, mid, text);
    }

    private static long inbound(Scene scene) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'in'",
                        scene.demo.company().value());
    }

    private String url(String path) {
        return self.toString().replaceAll("/$", "") + path;
    }
}
