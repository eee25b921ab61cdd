package io.centurions.sandbox.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.sandbox.Fleet;
import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.centurions.sandbox.Sandbox;
import io.centurions.sandbox.SandboxConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhoneTest extends Running {

    private static final String[] KEY = {"apikey", "sandbox-evolution-key"};

    private static JsonObject instance(String name) {
        return new JsonObject()
                .put("instanceName", name)
                .put("integration", "WHATSAPP-BAILEYS")
                .put("qrcode", true);
    }

    @Test
    void the_page_says_that_the_providers_are_simulated() {
        Http.Answer page = http.get("/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Provedores simulados", "digitando…", "Simulated providers");
        assertThat(page.text()).doesNotContain("src=\"http", "href=\"http", "@import");
        assertThat(http.get("/health").json().getString("status")).isEqualTo("UP");
    }

    @Test
    void instances_of_all_channels_can_be_chosen() {
        http.post("/evolution/instance/create", instance("aurora"), KEY);
        http.post("/telegram/bot610:token/getMe", new JsonObject());
        http.post(
                "/instagram/_sandbox/subscription",
                new JsonObject().put("url", fleet.url("/ig")).put("accounts", new JsonArray().add("178414")));

        String choice = http.get("/phone/instances").text();

        assertThat(choice)
                .contains(
                        "{\"channel\":\"whatsapp\",\"instance\":\"aurora\",\"name\":\"aurora\",\"state\":\"connecting\"}",
                        "\"channel\":\"instagram\",\"instance\":\"178414\"",
                        "\"channel\":\"telegram\",\"instance\":\"610\"");
    }

    @Test
    void what_cannot_be_sent_is_refused_with_a_sentence() {
        http.post("/evolution/instance/create", instance("closed"), KEY);
        JsonObject message = new JsonObject().put("from", "5511988887777").put("text", "Oi");

        assertThat(http.post("/phone/whatsapp/nobody/messages", message).status())
                .isEqualTo(404);
        assertThat(http.post("/phone/whatsapp/closed/messages", message).status())
                .isEqualTo(409);
        assertThat(http.post("/phone/carrier-pigeon/closed/messages", message).status())
                .isEqualTo(404);
        assertThat(http.post("/phone/instagram/1/messages", new JsonObject().put("text", "x"))
                        .status())
                .isEqualTo(400);
        JsonObject nothing = new JsonObject().put("from", "1");
        for (JsonObject empty : List.of(nothing, nothing.copy().putNull("text").putNull("heldMs"))) {
            Http.Answer refused = http.post("/phone/instagram/1/messages", empty);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().getString("error")).isEqualTo("write a text or send media");
        }
    }

    @Test
    void a_message_held_back_is_overtaken_and_its_writer_does_not_wait() {
        http.post("/instagram/_sandbox/subscription", new JsonObject().put("url", fleet.url("/held")));
        JsonObject early = new JsonObject()
                .put("from", "77")
                .put("text", "first written")
                .put("heldMs", 300)
                .put("answerAtOnce", true);

        JsonObject answer = http.post("/phone/instagram/178414/messages", early).json();
        http.post(
                "/phone/instagram/178414/messages",
                new JsonObject().put("from", "77").put("text", "second written"));

        assertThat(answer.getJsonObject("webhook").getString("state")).isEqualTo("waiting");
        fleet.waitFor(webhook -> webhook.text().contains("first written"));
        assertThat(fleet.received().stream().map(Fleet.Webhook::text).filter(text -> text.contains(" written")))
                .hasSize(2)
                .first()
                .asString()
                .contains("second written");
    }

    @Test
    void on_demand_webhooks_come_twice() {
        http.post("/instagram/_sandbox/subscription", new JsonObject().put("url", fleet.url("/mischief")));
        http.post("/webhooks/mischief", new JsonObject().put("twice", 1.0).put("latestMs", 20));
        try {
            http.post(
                    "/phone/instagram/178414/messages",
                    new JsonObject().put("from", "79").put("text", "comes twice"));

            await().untilAsserted(() -> assertThat(fleet.received().stream()
                            .map(Fleet.Webhook::text)
                            .filter(text -> text.contains("comes twice")))
                    .hasSize(2));
        } finally {
            http.post("/webhooks/mischief", new JsonObject());
        }
    }

    @Test
    void a_message_told_twice_stays_accepted_when_the_second_telling_is_not() {
        http.post("/instagram/_sandbox/subscription", new JsonObject().put("url", fleet.url("/twice")));
        JsonObject message =
                new JsonObject().put("from", "78").put("text", "told twice").put("id", "mid-twice");
        http.post("/phone/instagram/178414/messages", message);
        fleet.answerNext(503, 503, 503, 503);

        http.post("/phone/instagram/178414/messages", message.copy().put("answerAtOnce", true));

        JsonObject seen = http.get("/phone/instagram/178414/chats/78")
                .json()
                .getJsonArray("messages")
                .getJsonObject(0);
        assertThat(seen.getJsonObject("webhook").getString("state")).isEqualTo("accepted");
        fleet.forget();
    }

    @Test
    void whoever_follows_all_telephones_gets_each_bubble_once_in_order() {
        http.post("/telegram/bot640:token/getMe", new JsonObject());
        http.post(
                "/phone/telegram/640/messages",
                new JsonObject().put("from", "7").put("text", "Oi"));
        int seen = http.get("/phone/received").json().getInteger("next");
        for (String text : new String[] {"um", "dois"}) {
            http.post(
                    "/telegram/bot640:token/sendMessage",
                    new JsonObject().put("chat_id", 7).put("text", text));
        }

        JsonObject fresh = http.get("/phone/received?since=" + seen).json();

        assertThat(fresh.getJsonArray("items")).hasSize(2);
        JsonObject first = fresh.getJsonArray("items").getJsonObject(0);
        assertThat(first.copy().put("id", "").put("at", ""))
                .isEqualTo(
                        new JsonObject(
                                "{\"id\":\"\",\"text\":\"um\",\"at\":\"\",\"channel\":\"telegram\",\"instance\":\"640\",\"from\":\"7\"}"));
        assertThat(http.get("/phone/received?since=" + fresh.getInteger("next"))
                        .json()
                        .getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void media_is_shown_and_served() {
        http.post(
                "/phone/instagram/178414/messages",
                new JsonObject()
                        .put("from", "42")
                        .put(
                                "media",
                                new JsonObject().put("kind", "image").put("base64", "data:image/png;base64,AQID")));

        JsonObject bubble = http.get("/phone/instagram/178414/chats/42")
                .json()
                .getJsonArray("messages")
                .getJsonObject(0);

        assertThat(bubble.getString("kind")).isEqualTo("image");
        assertThat(bubble.getString("direction")).isEqualTo("in");
        assertThat(http.get(bubble.getJsonObject("media").getString("url")).text())
                .hasSize(3);
    }

    @Test
    void registrations_outlive_a_restart_with_a_state_folder(@TempDir Path folder) {
        SandboxConfig config = new SandboxConfig(
                Map.of("PORT", "0", "SANDBOX_STATE", folder.toString(), "SANDBOX_AUTO_SCAN", "false"));
        try (Sandbox first = Sandbox.start(config)) {
            Http at = new Http(first.baseUrl());
            at.post("/evolution/instance/create", instance("kept"), KEY);
            at.post("/evolution/_sandbox/kept/scan", new JsonObject());
            at.post("/telegram/bot620:token/setWebhook", new JsonObject().put("url", fleet.url("/tg")));
            at.post(
                    "/phone/telegram/620/messages",
                    new JsonObject().put("from", "7").put("text", "Oi"));
            at.post("/instagram/_sandbox/subscription", new JsonObject().put("url", fleet.url("/ig")));
        }

        try (Sandbox second = Sandbox.start(config)) {
            Http at = new Http(second.baseUrl());
            assertThat(at.get("/evolution/instance/connectionState/kept", KEY).text())
                    .contains("open");
            assertThat(at.get("/instagram/_sandbox/subscription").text()).contains("/ig");
            JsonObject text = new JsonObject().put("chat_id", 7).put("text", "de volta");
            assertThat(at.post("/telegram/bot620:token/sendMessage", text).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_is_one_clear_sentence() {
        Assertions.assertThatIllegalStateException()
                .isThrownBy(() -> Sandbox.start(sandbox.port()))
                .withMessageContaining("port " + sandbox.port());
    }
}
