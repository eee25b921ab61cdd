package io.centurions.sandbox.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Fixture;
import io.centurions.sandbox.Fleet.Webhook;
import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvolutionSimulatorTest extends Running {

    private static final String[] KEY = {"apikey", EvolutionSimulator.GLOBAL_KEY};
    private static int count;

    private String name;
    private String webhookPath;

    @BeforeEach
    void freshName() {
        name = "company-" + ++count;
        webhookPath = "/webhooks/evolution/" + name;
        fleet.forget();
    }

    private JsonObject create() {
        JsonObject body = Fixture.request("evolution/req-create-baileys")
                .put("instanceName", name)
                .put(
                        "webhook",
                        new JsonObject()
                                .put("url", fleet.url(webhookPath))
                                .put("headers", new JsonObject().put("X-Centurions-Webhook-Secret", "hush"))
                                .put("events", new JsonArray()));
        Http.Answer answer = http.post("/evolution/instance/create", body, KEY);
        assertThat(answer.status()).isEqualTo(201);
        return answer.json();
    }

    private void createOpen() {
        create();
        // Scanned before it is announced, a code is not announced any more.
        fleet.waitFor(event("qrcode.updated"));
        assertThat(http.post("/evolution/_sandbox/" + name + "/scan", new JsonObject())
                        .status())
                .isEqualTo(200);
    }

    private Predicate<Webhook> event(String event) {
        return webhook -> webhook.path().equals(webhookPath)
                && webhook.json().getString("event").equals(event);
    }

    private Http.Answer sendText(String number, String text) {
        return http.post(
                "/evolution/message/sendText/" + name,
                new JsonObject().put("number", number).put("text", text),
                KEY);
    }

    @Test
    void a_created_instance_answers_as_the_real_server() {
        JsonObject created = create();

        Set<String> wanted = Fixture.shape(Fixture.answer("evolution/req-create-baileys"));
        wanted.remove(".instance.accessTokenWaBusiness: String");
        assertThat(Fixture.shape(created)).containsAll(wanted);
        assertThat(created.getJsonObject("qrcode").getString("base64")).startsWith("data:image/png;base64,iVBOR");
    }

    @Test
    void pairing_shows_a_code_and_a_scan_opens_the_instance() {
        create();

        Http.Answer qr = http.get("/evolution/instance/connect/" + name + "?number=5511990001111", KEY);
        Webhook shown = fleet.waitFor(event("qrcode.updated"));
        http.post("/evolution/_sandbox/" + name + "/scan", new JsonObject());

        assertThat(Fixture.shape(qr.json())).isEqualTo(Fixture.shape(Fixture.answer("evolution/req-connect-qr")));
        Webhook opened = fleet.waitFor(event("connection.update")
                .and(webhook ->
                        "open".equals(webhook.json().getJsonObject("data").getString("state"))));
        assertThat(Fixture.shape(shown.json())).containsAll(Fixture.shape(Fixture.read("evolution/wh-qrcode-updated")));
        assertThat(Fixture.shape(opened.json())).isEqualTo(Fixture.shape(Fixture.read("evolution/wh-connection-open")));
        assertThat(opened.headers().getFirst("X-Centurions-Webhook-Secret")).isEqualTo("hush");
        assertThat(http.get("/evolution/instance/connectionState/" + name, KEY)
                        .json()
                        .getJsonObject("instance")
                        .getString("state"))
                .isEqualTo("open");
    }

    @Test
    void errors_have_the_shapes_of_the_real_server() {
        createOpen();

        assertSame(
                http.post("/evolution/instance/create", new JsonObject().put("instanceName", name), KEY),
                "req-create-duplicate-403",
                name,
                "tenant-a");
        assertSame(
                http.post("/evolution/instance/create", new JsonObject().put("instanceName", "x")),
                "req-create-no-key-401",
                name,
                name);
        assertSame(http.get("/evolution/instance/connectionState/nope", KEY), "req-state-missing-404", name, name);
        assertSame(http.get("/evolution/nope/x", KEY), "req-unknown-route-404", name, name);
        for (String send : new String[] {"req-send-text-v1-body-400", "req-send-text-number-int-400"}) {
            assertSame(
                    http.post("/evolution/message/sendText/" + name, Fixture.request("evolution/" + send), KEY),
                    send,
                    name,
                    name);
        }
        for (String media : new String[] {
            "req-send-media-base64-no-name-400", "req-send-media-localhost-url-400", "req-send-media-bad-type-400"
        }) {
            assertSame(
                    http.post("/evolution/message/sendMedia/" + name, Fixture.request("evolution/" + media), KEY),
                    media,
                    name,
                    name);
        }
        for (String set : new String[] {
            "req-webhook-set-flat-400", "req-webhook-set-bad-event-400", "req-webhook-set-no-events-500"
        }) {
            assertSame(
                    http.post("/evolution/webhook/set/" + name, Fixture.request("evolution/" + set), KEY),
                    set,
                    name,
                    name);
        }
        assertSame(sendText("5511900000000", "oi"), "req-send-text-not-on-whatsapp-400", name, name);
        http.post("/evolution/_sandbox/" + name + "/drop", new JsonObject());
        assertSame(sendText("5511988887777", "oi"), "req-send-text-disconnected-500", name, name);
    }

    private static void assertSame(Http.Answer answer, String fixture, String ours, String theirs) {
        JsonObject response = Fixture.read("evolution/" + fixture).getJsonObject("response");
        assertThat(answer.status()).as(fixture).isEqualTo(response.getInteger("status"));
        assertThat(answer.text().replace(ours, theirs))
                .as(fixture)
                .isEqualTo(response.getJsonObject("body").encode());
    }

    @Test
    void an_instance_token_works_for_its_own_instance_only() {
        String token = create().getString("hash");
        String mine = name;
        freshName();
        create();

        assertThat(http.get("/evolution/instance/connectionState/" + mine, "apikey", token)
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/evolution/instance/connectionState/" + name, "apikey", token)
                        .status())
                .isEqualTo(401);
        assertThat(http.get("/evolution/instance/fetchInstances", "apikey", token)
                        .list())
                .hasSize(1);
    }

    @Test
    void the_registered_webhook_is_read_back_with_its_headers() {
        create();

        JsonObject row = http.get("/evolution/webhook/find/" + name, KEY).json();

        assertThat(row.getString("url")).isEqualTo(fleet.url(webhookPath));
        assertThat(row.getJsonObject("headers").getString("X-Centurions-Webhook-Secret"))
                .isEqualTo("hush");
        assertThat(row.fieldNames())
                .isEqualTo(((JsonObject) Fixture.answer("evolution/req-webhook-find")).fieldNames());
    }

    @Test
    void a_sent_text_is_echoed_delivered_and_read() {
        createOpen();

        Http.Answer answer = sendText("5511988887777", "Olá, tudo bem?");

        assertThat(answer.status()).isEqualTo(201);
        String id = answer.json().getJsonObject("key").getString("id");
        assertThat(answer.json().getString("status")).isEqualTo("PENDING");
        Webhook echo = fleet.waitFor(event("send.message"));
        Webhook read = fleet.waitFor(event("messages.update")
                .and(webhook ->
                        "READ".equals(webhook.json().getJsonObject("data").getString("status"))));
        assertThat(Fixture.shape(echo.json())).isEqualTo(Fixture.shape(Fixture.read("evolution/wh-send-message")));
        assertThat(echo.json().getJsonObject("data").getJsonObject("key").getString("id"))
                .isEqualTo(id);
        assertThat(Fixture.shape(read.json()))
                .isEqualTo(Fixture.shape(Fixture.read("evolution/wh-messages-update-read")));
        assertThat(read.json().getJsonObject("data").getString("keyId")).isEqualTo(id);
        assertThat(fleet.count(event("messages.update"))).isEqualTo(2);
        JsonObject found = http.post(
                        "/evolution/chat/findMessages/" + name,
                        new JsonObject()
                                .put("where", new JsonObject().put("key", new JsonObject().put("fromMe", true))),
                        KEY)
                .json();
        assertThat(found.getJsonObject("messages").getInteger("total")).isEqualTo(1);
    }

    @Test
    void a_lead_who_came_from_an_ad_writes_with_the_captured_shape() {
        createOpen();

        JsonObject sent = http.post(
                        "/phone/whatsapp/" + name + "/messages",
                        new JsonObject()
                                .put("from", "5511988887777")
                                .put("name", "Maria Teste")
                                .put("text", "Olá! Vi o anúncio")
                                .put("adClick", new JsonObject().put("ctwaClid", "ARAclick")))
                .json();

        JsonObject upsert = fleet.waitFor(event("messages.upsert")).json();
        Set<String> wanted = Fixture.shape(Fixture.read("evolution/wh-messages-upsert-ctwa-ad"));
        assertThat(Fixture.shape(upsert)).containsAll(wanted);
        JsonObject data = upsert.getJsonObject("data");
        assertThat(data.getJsonObject("key").getString("id")).isEqualTo(sent.getString("providerMessageId"));
        assertThat(data.getJsonObject("key").getString("remoteJid")).isEqualTo("5511988887777@s.whatsapp.net");
        assertThat(data.getJsonObject("contextInfo")
                        .getJsonObject("externalAdReply")
                        .getString("ctwaClid"))
                .isEqualTo("ARAclick");
    }

    @Test
    void a_plain_text_has_the_captured_shape_and_no_ad() {
        createOpen();

        http.post("/phone/whatsapp/" + name + "/messages", text("5511988887777", "Oi"));

        JsonObject upsert = fleet.waitFor(event("messages.upsert")).json();
        assertThat(Fixture.shape(upsert))
                .isEqualTo(Fixture.shape(Fixture.read("evolution/wh-messages-upsert-text-pn")));
    }

    private static JsonObject text(String from, String text) {
        return new JsonObject().put("from", from).put("name", "Maria Teste").put("text", text);
    }

    @Test
    void media_comes_encrypted_and_is_fetched_by_its_key() {
        createOpen();
        byte[] picture = {1, 2, 3, 4};
        String id = http.post(
                        "/phone/whatsapp/" + name + "/messages",
                        new JsonObject()
                                .put("from", "5511988887777")
                                .put("text", "comprovante")
                                .put(
                                        "media",
                                        new JsonObject()
                                                .put("kind", "image")
                                                .put("mimetype", "image/jpeg")
                                                .put(
                                                        "base64",
                                                        Base64.getEncoder().encodeToString(picture))))
                .json()
                .getString("providerMessageId");

        JsonObject fetched = http.post(
                        "/evolution/chat/getBase64FromMediaMessage/" + name,
                        new JsonObject().put("message", new JsonObject().put("key", new JsonObject().put("id", id))),
                        KEY)
                .json();

        JsonObject message = fleet.waitFor(event("messages.upsert")).json().getJsonObject("data");
        assertThat(message.getString("messageType")).isEqualTo("imageMessage");
        assertThat(message.getJsonObject("message")
                        .getJsonObject("imageMessage")
                        .getJsonObject("mediaKey"))
                .hasSize(32);
        assertThat(Base64.getDecoder().decode(fetched.getString("base64"))).isEqualTo(picture);
        assertThat(fetched.fieldNames())
                .isEqualTo(((JsonObject) Fixture.answer("evolution/req-get-base64")).fieldNames());
    }

    @Test
    void the_same_message_id_repeats_the_same_bytes() {
        createOpen();
        JsonObject written = text("5511988887777", "Oi").put("id", "3EB0REPEAT" + name);

        http.post("/phone/whatsapp/" + name + "/messages", written);
        http.post("/phone/whatsapp/" + name + "/messages", written);

        assertThat(fleet.received().stream()
                        .filter(event("messages.upsert"))
                        .map(Webhook::text)
                        .distinct())
                .hasSize(1);
        assertThat(fleet.count(event("messages.upsert"))).isEqualTo(2);
        JsonObject chat =
                http.get("/phone/whatsapp/" + name + "/chats/5511988887777").json();
        assertThat(chat.getJsonArray("messages")).hasSize(1);
    }

    @Test
    void a_refused_webhook_is_repeated_unless_the_answer_is_final() {
        createOpen();
        fleet.waitFor(webhook -> fleet.count(event("connection.update")) == 2);
        fleet.waitFor(event("qrcode.updated"));
        fleet.answerNext(503);
        http.post(
                "/phone/whatsapp/" + name + "/messages",
                text("5511988887777", "later").put("id", "LATER" + name));
        fleet.waitFor(webhook -> fleet.count(event("messages.upsert")) == 2);

        fleet.answerNext(404);
        JsonObject refused = http.post("/phone/whatsapp/" + name + "/messages", text("5511988887777", "never"))
                .json();

        assertThat(refused.getJsonObject("webhook").getString("state")).isEqualTo("given_up");
        assertThat(fleet.count(event("messages.upsert"))).isEqualTo(3);
    }

    @Test
    void presence_shows_typing_until_the_message_comes() {
        createOpen();

        Http.Answer presence = http.post(
                "/evolution/chat/sendPresence/" + name, Fixture.request("evolution/req-presence-composing"), KEY);
        boolean typing = chatTyping();
        sendText("5511988887777", "pronto");

        assertThat(presence.status()).isEqualTo(201);
        assertThat(presence.json()).isEqualTo(Fixture.answer("evolution/req-presence-composing"));
        assertThat(typing).isTrue();
        assertThat(chatTyping()).isFalse();
    }

    private boolean chatTyping() {
        return http.get("/phone/whatsapp/" + name + "/chats/5511988887777")
                .json()
                .getBoolean("typing");
    }

    @Test
    void deleting_twice_is_answered_twice_and_a_lost_device_is_told() {
        createOpen();
        http.post("/evolution/_sandbox/" + name + "/drop", new JsonObject());

        Webhook closed = fleet.waitFor(event("status.instance"));

        assertThat(Fixture.shape(closed.json()))
                .isEqualTo(withoutSender(Fixture.shape(Fixture.read("evolution/wh-status-instance-closed"))));
        assertThat(http.delete("/evolution/instance/delete/" + name, KEY).status())
                .isEqualTo(200);
        assertThat(http.delete("/evolution/instance/delete/" + name, KEY).status())
                .isEqualTo(200);
        fleet.waitFor(event("remove.instance"));
    }

    private static Set<String> withoutSender(Set<String> shape) {
        shape.remove(".sender: String");
        return shape;
    }

    @Test
    void numbers_follow_the_brazilian_rule_and_privacy_ids_lead_back() {
        JsonArray rows = numbers("5531988887777", "5511988887777", "5511900000000");

        assertThat(rows.getJsonObject(0).getString("jid")).isEqualTo("553188887777@s.whatsapp.net");
        assertThat(rows.getJsonObject(1).getString("jid")).isEqualTo("5511988887777@s.whatsapp.net");
        assertThat(rows.getJsonObject(2).getBoolean("exists")).isFalse();
        assertThat(Jid.phoneOf(rows.getJsonObject(1).getString("lid"))).isEqualTo("5511988887777");
    }

    private JsonArray numbers(String... numbers) {
        createOpen();
        return http.post(
                        "/evolution/chat/whatsappNumbers/" + name,
                        new JsonObject().put("numbers", new JsonArray(java.util.List.of(numbers))),
                        KEY)
                .list();
    }
}
