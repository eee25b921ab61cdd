package io.centurions.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.webhooks.Signatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.ConfigProvider;

/** A company whose Telegram bot and Instagram account are connected to the simulated providers, and its lead's phone. */
public final class Scene {

    static final String SECRET = "secret_of-the-Bot1";
    private static final AtomicLong LEADS = new AtomicLong(700_000_000 + System.currentTimeMillis() % 10_000_000);

    public final DemoCompany demo;
    final String lead = Long.toString(LEADS.incrementAndGet());
    private final String runtime;
    private final String sandbox = ConfigProvider.getConfig().getValue("sandbox.url", String.class);

    private Scene(DemoCompany demo, String runtime) {
        this.demo = demo;
        this.runtime = runtime;
    }

    /** @param runtime this service's own address, without a slash at its end */
    public static Scene open(String runtime, Secrets secrets) {
        var scene = new Scene(Companies.make("cena"), runtime);
        scene.faultsEnd();
        scene.seal(scene.demo.telegram().value(), secrets, scene.botToken());
        scene.seal(scene.demo.instagram().value(), secrets, "ig-" + scene.demo.instagramId());
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET webhook_secret_hash = ? WHERE id = ?",
                        Signatures.sha256(SECRET),
                        scene.demo.telegram().value());
        return scene;
    }

    private void seal(UUID instance, Secrets secrets, String token) {
        String secretsJson = "{\"access_token\":\"%s\",\"webhook_secret\":\"%s\"}"
                .formatted(
                        secrets.seal(demo.company(), "access_token", token),
                        secrets.seal(demo.company(), "webhook_secret", SECRET));
        Admin.get().execute("UPDATE core.channel_instances SET sealed = ?::jsonb WHERE id = ?", secretsJson, instance);
    }

    public String botToken() {
        return demo.telegramBot() + ":AA-test-token";
    }

    /** A bot that has no webhook: its updates wait to be fetched. */
    public Scene withPolledBot() {
        call("/telegram/bot" + botToken() + "/deleteWebhook", "{}");
        return this;
    }

    public Scene withTelegramWebhook() {
        call("/telegram/bot" + botToken() + "/setWebhook", """
                {"url":"%s/webhooks/telegram/%s","secret_token":"%s"}
                """.formatted(runtime, demo.telegram(), SECRET));
        return this;
    }

    /** Where Telegram sends the bot's updates now. */
    public String registeredUrl() {
        return Http.get(sandbox + "/telegram/bot" + botToken() + "/getWebhookInfo")
                .json()
                .at("/result/url")
                .asText();
    }

    public Scene withInstagramWebhook() {
        call("/instagram/_sandbox/subscription", """
                {"url":"%s/webhooks/instagram","accounts":["%s"]}
                """.formatted(runtime, demo.instagramId()));
        return this;
    }

    /** What the lead types on the phone; returns when the webhook was tried. */
    public void writes(String channel, String... texts) {
        for (String text : texts) {
            call("/phone/%s/%s/messages".formatted(channel, account(channel)), """
                    {"from":"%s","name":"Beatriz Demo","text":"%s"}
                    """.formatted(lead, text));
        }
    }

    public void sends(String channel, String media) {
        call("/phone/%s/%s/messages".formatted(channel, account(channel)), """
                {"from":"%s","name":"Beatriz Demo","media":%s}
                """.formatted(lead, media));
    }

    public void fault(String fault) {
        call("/faults", fault);
    }

    /**
     * The bot's next messages meet this; another's do not, such as what an earlier test left.
     *
     * @param what in the sandbox's words, such as {@code "delayMs":4000}
     */
    public void sendingFault(String what, int times) {
        fault("{\"provider\":\"telegram\",\"path\":\"/bot%s/sendMessage\",%s,\"times\":%d}"
                .formatted(botToken(), what, times));
    }

    public void faultsEnd() {
        Http.delete(sandbox + "/faults");
    }

    private String account(String channel) {
        return channel.equals("telegram") ? demo.telegramBot() : demo.instagramId();
    }

    private void call(String path, String body) {
        Http.Response response = Http.postJson(sandbox + path, body);
        if (response.status() >= 300) {
            throw new AssertionError("the sandbox refused " + path + ": " + response.status() + " " + response.body());
        }
    }

    /** Calls of the fleet to a provider whose path contains the given part, with this company's bot or conversation in them. */
    public List<JsonNode> calls(String provider, String part) {
        List<JsonNode> calls = new ArrayList<>();
        for (JsonNode call : Http.get(sandbox + "/calls?provider=" + provider).json()) {
            if (call.path("path").asText().contains(part)) {
                calls.add(call);
            }
        }
        return calls;
    }

    /** What the lead has got from the bot, in order. */
    public List<String> receivedOnTelegram() {
        return calls("telegram", "/bot" + demo.telegramBot()).stream()
                .filter(call -> call.path("path").asText().contains("sendMessage")
                        && call.path("status").asInt() == 200)
                .map(call -> call.at("/body/text").asText())
                .toList();
    }

    public List<String> receivedOnInstagram() {
        return calls("instagram", "/me/messages").stream()
                .filter(call -> call.at("/body/recipient/id").asText().equals(lead)
                        && call.at("/body/message").isObject())
                .map(call -> call.at("/body/message/text").asText())
                .toList();
    }

    /** Calls to the model that contain a word, which the test put into a message. */
    long modelCallsWith(String word) {
        return calls("openai", "/chat/completions").stream()
                .filter(call -> call.path("body").toString().contains(word))
                .count();
    }

    Map<String, Object> conversation() {
        return Admin.get()
                .queryOne(
                        "SELECT * FROM core.conversations WHERE company_id = ?",
                        demo.company().value());
    }

    long conversations() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.conversations WHERE company_id = ?",
                        demo.company().value());
    }

    boolean answered() {
        if (conversations() == 0) {
            return false;
        }
        Map<String, Object> row = conversation();
        return (Long) row.get("inbound_seq") > 0 && row.get("inbound_seq").equals(row.get("answered_seq"));
    }

    long bubbles(String purpose) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'out' AND purpose = ?",
                        demo.company().value(),
                        purpose);
    }

    long openBubbles() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND status IN ('planned', 'sending')",
                        demo.company().value());
    }

    /** Everything was answered and everything that was said has left. */
    public boolean quiet() {
        return answered() && openBubbles() == 0;
    }

    long events(String type) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_runtime WHERE company_id = ? AND type = ?",
                        demo.company().value(),
                        type);
    }
}
