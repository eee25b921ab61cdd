package io.centurions.sandbox.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Fixture;
import io.centurions.sandbox.Fleet.Webhook;
import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelegramSimulatorTest extends Running {

    private static int count;

    private String bot;
    private String path;

    @BeforeEach
    void freshBot() {
        bot = Integer.toString(600_000_000 + ++count);
        path = "/webhooks/telegram/" + bot;
        fleet.forget();
    }

    private Http.Answer call(String method, JsonObject body) {
        return http.post("/telegram/bot" + bot + ":demo-token/" + method, body);
    }

    private void setWebhook() {
        JsonObject body = Fixture.request("telegram/set-webhook").put("url", fleet.url(path));
        assertThat(call("setWebhook", body).json()).isEqualTo(Fixture.answer("telegram/set-webhook"));
    }

    private JsonObject write(String from, String text) {
        return write(
                new JsonObject().put("from", from).put("name", "Beatriz Demo").put("text", text));
    }

    private JsonObject write(JsonObject message) {
        return http.post("/phone/telegram/" + bot + "/messages", message).json();
    }

    private List<JsonObject> updates() {
        return fleet.received().stream()
                .filter(webhook -> webhook.path().equals(path))
                .map(Webhook::json)
                .toList();
    }

    @Test
    void a_bot_is_whoever_the_token_says() {
        JsonObject self = call("getMe", new JsonObject()).json();

        assertThat(Fixture.shape(self)).isEqualTo(Fixture.shape(Fixture.answer("telegram/get-me")));
        assertThat(self.getJsonObject("result").getLong("id")).isEqualTo(Long.parseLong(bot));
        assertThat(http.get("/telegram/botnonsense/getMe").json()).isEqualTo(Fixture.answer("telegram/error-401"));
        assertThat(call("noSuchMethod", new JsonObject()).status()).isEqualTo(404);
    }

    @Test
    void a_text_comes_with_the_secret_in_the_captured_shape() {
        setWebhook();

        JsonObject sent = write("700000001", "Oi, tudo bem?");

        Webhook webhook = fleet.waitFor(one -> one.path().equals(path));
        Set<String> wanted = Fixture.shape(Fixture.read("telegram/wh-text"));
        wanted.removeIf(line -> line.contains("username"));
        assertThat(Fixture.shape(webhook.json())).isEqualTo(wanted);
        assertThat(webhook.headers().getFirst("X-Telegram-Bot-Api-Secret-Token"))
                .isEqualTo("tnt_A-0001_secret");
        assertThat(webhook.json().getJsonObject("message").getLong("message_id").toString())
                .isEqualTo(sent.getString("providerMessageId"));
    }

    @Test
    void a_deep_link_is_marked_as_a_command() {
        setWebhook();

        write("700000001", "/start camp_123");

        JsonObject message = updates().getFirst().getJsonObject("message");
        assertThat(message.getJsonArray("entities"))
                .isEqualTo(Fixture.read("telegram/wh-start-deeplink")
                        .getJsonObject("message")
                        .getJsonArray("entities"));
    }

    @Test
    void the_same_id_repeats_the_same_update() {
        setWebhook();
        JsonObject message =
                new JsonObject().put("from", "700000001").put("text", "Oi").put("id", 77);

        write(message);
        write(message);

        assertThat(updates()).hasSize(2);
        assertThat(updates().get(0)).isEqualTo(updates().get(1));
    }

    @Test
    void an_update_that_is_not_accepted_blocks_its_chat_only() {
        setWebhook();
        fleet.answerNext(500);
        write("700000001", "first");
        write("700000002", "other chat");
        write("700000001", "second");

        fleet.waitFor(one -> updates().size() == 4);

        List<String> texts = updates().stream()
                .map(update -> update.getJsonObject("message"))
                .filter(message -> message.getJsonObject("chat").getLong("id") == 700000001L)
                .map(message -> message.getString("text"))
                .toList();
        assertThat(texts).containsExactly("first", "first", "second");
        JsonObject described = call("getWebhookInfo", new JsonObject()).json().getJsonObject("result");
        assertThat(described.getString("last_error_message")).contains("500");
        assertThat(described.getString("url")).isEqualTo(fleet.url(path));
    }

    @Test
    void a_bot_sends_to_who_has_written_to_it() {
        setWebhook();
        JsonObject text = new JsonObject().put("chat_id", 700000001).put("text", "Olá!");

        Http.Answer tooEarly = call("sendMessage", text);
        write("700000001", "Oi");
        Http.Answer sent = call("sendMessage", text);

        assertThat(tooEarly.json()).isEqualTo(Fixture.answer("telegram/error-400-chat-not-found"));
        Set<String> wanted = Fixture.shape(Fixture.answer("telegram/send-message"));
        wanted.removeIf(line -> line.contains("chat.username"));
        assertThat(Fixture.shape(sent.json())).isEqualTo(wanted);
        assertThat(call("sendMessage", text.copy().put("text", "")).json())
                .isEqualTo(Fixture.answer("telegram/error-400-empty-text"));
        JsonArray chat =
                http.get("/phone/telegram/" + bot + "/chats/700000001").json().getJsonArray("messages");
        assertThat(chat.getJsonObject(1).getString("text")).isEqualTo("Olá!");
        assertThat(chat.getJsonObject(0).getString("status")).isEqualTo("read");
    }

    @Test
    void a_secret_with_other_characters_is_refused() {
        assertThat(call("setWebhook", Fixture.request("telegram/error-400-secret-token"))
                        .json())
                .isEqualTo(Fixture.answer("telegram/error-400-secret-token"));
    }

    @Test
    void without_a_webhook_updates_wait_to_be_polled() {
        call("getMe", new JsonObject());
        CompletableFuture<Http.Answer> poll =
                CompletableFuture.supplyAsync(() -> call("getUpdates", new JsonObject().put("timeout", 20)));

        write("700000001", "Oi");

        JsonArray batch = poll.join().json().getJsonArray("result");
        assertThat(batch).hasSize(1);
        long next = batch.getJsonObject(0).getLong("update_id") + 1;
        assertThat(call("getUpdates", new JsonObject().put("offset", next))
                        .json()
                        .getJsonArray("result"))
                .isEmpty();
        setWebhook();
        assertThat(call("getUpdates", new JsonObject()).status()).isEqualTo(409);
    }

    @Test
    void a_voice_is_downloaded_by_its_path() {
        setWebhook();
        byte[] voice = {9, 8, 7};
        write(new JsonObject()
                .put("from", "700000001")
                .put("name", "Beatriz Demo")
                .put(
                        "media",
                        new JsonObject()
                                .put("kind", "audio")
                                .put("base64", Base64.getEncoder().encodeToString(voice))));

        JsonObject received = updates().getFirst();
        String fileId = received.getJsonObject("message").getJsonObject("voice").getString("file_id");
        JsonObject file =
                call("getFile", new JsonObject().put("file_id", fileId)).json();

        Set<String> wanted = Fixture.shape(Fixture.read("telegram/wh-voice"));
        wanted.removeIf(line -> line.contains("username"));
        assertThat(Fixture.shape(received)).isEqualTo(wanted);
        assertThat(Fixture.shape(file)).isEqualTo(Fixture.shape(Fixture.answer("telegram/get-file")));
        String filePath = file.getJsonObject("result").getString("file_path");
        assertThat(http.get("/telegram/file/bot" + bot + ":demo-token/" + filePath)
                        .text())
                .isEqualTo(new String(voice, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void a_photo_is_uploaded_and_typing_is_seen() {
        setWebhook();
        write("700000001", "Oi");

        call("sendChatAction", Fixture.request("telegram/send-chat-action"));
        boolean typing =
                http.get("/phone/telegram/" + bot + "/chats/700000001").json().getBoolean("typing");
        Http.Answer sent = http.multipart(
                "/telegram/bot" + bot + ":demo-token/sendPhoto",
                java.util.Map.of("chat_id", "700000001", "caption", "olha"),
                "photo",
                new byte[] {1, 2});

        assertThat(typing).isTrue();
        assertThat(sent.json().getJsonObject("result").getJsonArray("photo")).isNotEmpty();
        assertThat(sent.json().getJsonObject("result").getString("caption")).isEqualTo("olha");
    }
}
