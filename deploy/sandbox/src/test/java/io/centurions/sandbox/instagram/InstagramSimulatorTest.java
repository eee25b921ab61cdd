package io.centurions.sandbox.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Fixture;
import io.centurions.sandbox.Fleet.Webhook;
import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.centurions.sandbox.wire.Hmac;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstagramSimulatorTest extends Running {

    private static final String ACCOUNT = "17841400000000001";
    private static final String LEAD = "900000000000001";
    private static final String[] TOKEN = {"Authorization", "Bearer ig-" + ACCOUNT};

    @BeforeEach
    void subscribe() {
        fleet.forget();
        http.post("/instagram/_sandbox/subscription", new JsonObject().put("url", fleet.url("/webhooks/instagram")));
    }

    private JsonObject write(JsonObject message) {
        return http.post(
                        "/phone/instagram/" + ACCOUNT + "/messages",
                        message.put("from", LEAD).put("name", "Beatriz Demo"))
                .json();
    }

    private static JsonObject item(Webhook webhook) {
        return webhook.json()
                .getJsonArray("entry")
                .getJsonObject(0)
                .getJsonArray("messaging")
                .getJsonObject(0);
    }

    private static Predicate<Webhook> has(String key) {
        return webhook -> item(webhook).containsKey(key);
    }

    private static Predicate<Webhook> isEcho() {
        return has("message")
                .and(webhook -> item(webhook).getJsonObject("message").getBoolean("is_echo", false));
    }

    @Test
    void a_text_is_signed_over_the_escaped_bytes() {
        JsonObject sent = write(new JsonObject().put("text", "Olá! preço? https://x.example 😀"));

        Webhook webhook = fleet.waitFor(has("message"));
        assertThat(Fixture.shape(webhook.json())).isEqualTo(Fixture.shape(Fixture.read("instagram/wh-text")));
        assertThat(webhook.text())
                .contains("Ol\\u00e1!", "https:\\/\\/x.example", "\\ud83d\\ude00")
                .isASCII();
        assertThat(item(webhook).getJsonObject("message").getString("text"))
                .isEqualTo("Olá! preço? https://x.example 😀");
        assertThat(webhook.headers().getFirst("X-Hub-Signature-256"))
                .isEqualTo("sha256=" + Hmac.sha256Hex("sandbox-app-secret", webhook.bytes()));
        assertThat(item(webhook).getJsonObject("message").getString("mid"))
                .isEqualTo(sent.getString("providerMessageId"));
    }

    @Test
    void signatures_agree_with_the_published_vectors() {
        JsonObject vectors = Fixture.read("instagram/_signature-vectors");
        JsonObject first = vectors.getJsonArray("vectors").getJsonObject(0);
        String body = first.getString("body_utf8");

        assertThat(EscapedJson.of(new JsonObject(body))).isEqualTo(body);
        assertThat("sha256="
                        + Hmac.sha256Hex(
                                vectors.getString("secret"), body.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(first.getString("x_hub_signature_256"));
    }

    @Test
    void an_ad_and_an_image_have_the_captured_shapes() {
        write(new JsonObject().put("text", "vi o anúncio").put("adClick", true));
        JsonObject ad = fleet.waitFor(has("message")).json();
        fleet.forget();
        byte[] picture = {1, 2, 3};
        write(new JsonObject()
                .put(
                        "media",
                        new JsonObject()
                                .put("kind", "image")
                                .put("base64", Base64.getEncoder().encodeToString(picture))));
        Webhook image = fleet.waitFor(has("message"));

        assertThat(Fixture.shape(ad)).isEqualTo(Fixture.shape(Fixture.read("instagram/wh-ad-referral")));
        assertThat(Fixture.shape(image.json())).isEqualTo(Fixture.shape(Fixture.read("instagram/wh-image")));
        String url = item(image)
                .getJsonObject("message")
                .getJsonArray("attachments")
                .getJsonObject(0)
                .getJsonObject("payload")
                .getString("url");
        assertThat(http.get(url).text()).hasSize(3);
    }

    @Test
    void a_reply_is_echoed_and_read() {
        write(new JsonObject().put("text", "Oi"));

        Http.Answer sent = http.post("/instagram/v23.0/me/messages", Fixture.request("instagram/send-text"), TOKEN);

        assertThat(sent.status()).isEqualTo(200);
        assertThat(Fixture.shape(sent.json())).isEqualTo(Fixture.shape(Fixture.answer("instagram/send-text")));
        Webhook echo = fleet.waitFor(isEcho());
        Webhook read = fleet.waitFor(has("read"));
        assertThat(Fixture.shape(echo.json())).isEqualTo(Fixture.shape(Fixture.read("instagram/wh-echo")));
        assertThat(Fixture.shape(read.json())).isEqualTo(Fixture.shape(Fixture.read("instagram/wh-read")));
        assertThat(item(echo).getJsonObject("message").getString("mid"))
                .isEqualTo(sent.json().getString("message_id"));
        assertThat(item(echo).getJsonObject("sender").getString("id")).isEqualTo(ACCOUNT);
        assertThat(item(read).getJsonObject("sender").getString("id")).isEqualTo(LEAD);
    }

    @Test
    void errors_are_decided_by_code() {
        JsonObject toNobody = Fixture.request("instagram/send-user-not-found-error");

        JsonObject noUser = http.post("/instagram/v23.0/me/messages", toNobody, TOKEN)
                .json()
                .getJsonObject("error");
        JsonObject noToken =
                http.post("/instagram/v23.0/me/messages", toNobody).json().getJsonObject("error");
        JsonObject noConsent =
                http.get("/instagram/v23.0/1?fields=name", TOKEN).json().getJsonObject("error");

        assertThat(noUser.getInteger("error_subcode")).isEqualTo(2534014);
        assertThat(noToken.getInteger("code")).isEqualTo(190);
        assertThat(noConsent.getInteger("code")).isEqualTo(230);
    }

    @Test
    void a_person_who_wrote_has_a_profile() {
        write(new JsonObject().put("text", "Oi"));

        JsonObject profile = http.get("/instagram/v23.0/" + LEAD + "?fields=name,username", TOKEN)
                .json();

        assertThat(Fixture.shape(profile)).isEqualTo(Fixture.shape(Fixture.answer("instagram/profile")));
        assertThat(profile.getString("name")).isEqualTo("Beatriz Demo");
    }

    @Test
    void a_failed_webhook_comes_again() {
        fleet.answerNext(503);

        write(new JsonObject().put("text", "de novo"));

        fleet.waitFor(webhook -> fleet.received().size() == 2);
        assertThat(fleet.received().get(0).text())
                .isEqualTo(fleet.received().get(1).text());
    }

    @Test
    void a_callback_can_be_verified_before_it_is_subscribed() {
        JsonObject good =
                new JsonObject().put("url", fleet.url("/webhooks/instagram")).put("verify", true);
        JsonObject bad =
                new JsonObject().put("url", sandbox.baseUrl() + "/health").put("verify", true);
        JsonObject nobody = new JsonObject().put("url", "http://localhost:1/x").put("verify", true);

        assertThat(http.post("/instagram/_sandbox/subscription", good).status()).isEqualTo(200);
        assertThat(http.post("/instagram/_sandbox/subscription", bad).status()).isEqualTo(400);
        assertThat(http.post("/instagram/_sandbox/subscription", nobody).status())
                .isEqualTo(400);
    }
}
