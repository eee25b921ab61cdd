package io.centurions.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.Scene;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class AlignWebhooksIT {

    @Inject
    Secrets secrets;

    @Inject
    AlignWebhooksAtStart align;

    private Scene scene;

    @BeforeEach
    void aBotThatCallsAFormerAddress() {
        scene = Scene.open("http://localhost:1", secrets).withTelegramWebhook();
    }

    @AfterEach
    void heal() {
        scene.faultsEnd();
    }

    @Test
    void a_bot_that_calls_a_former_address_is_registered_again() {
        Set<InstanceId> settled = run();

        assertThat(settled).contains(scene.demo.telegram());
        assertThat(scene.registeredUrl()).isEqualTo(ours());
        var call = scene.calls("telegram", "/bot" + scene.demo.telegramBot()).stream()
                .filter(each -> each.path("path").asText().endsWith("/setWebhook"))
                .reduce((first, last) -> last)
                .orElseThrow();
        assertThat(call.at("/body/secret_token").asText()).isNotEmpty();
        assertThat(call.at("/body/allowed_updates")).hasSize(4);
    }

    @Test
    void a_bot_that_calls_us_is_looked_at_and_left_alone() {
        run();
        long registered = calls("setWebhook");
        long lookedAt = calls("getWebhookInfo");

        run();

        assertThat(calls("setWebhook")).isEqualTo(registered);
        assertThat(calls("getWebhookInfo")).isEqualTo(lookedAt + 1);
    }

    @Test
    void a_bot_that_telegram_does_not_know_is_left_and_asked_about_once() {
        scene.fault("""
                {"provider":"telegram","path":"/getWebhookInfo","status":404,
                 "body":{"ok":false,"error_code":404,"description":"Not Found"}}
                """);

        Set<InstanceId> settled = run();
        align.alignAll(settled);

        assertThat(settled).contains(scene.demo.telegram());
        assertThat(calls("getWebhookInfo")).isOne();
        assertThat(calls("setWebhook")).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 404})
    void while_telegram_is_away_it_is_tried_again(int saysWhoAnswers) {
        // Of this bot alone: one after the other the bots of all tests before would be asked in vain.
        scene.fault("{\"provider\":\"telegram\",\"path\":\"/bot%s/getWebhookInfo\",\"status\":%d}"
                .formatted(scene.botToken(), saysWhoAnswers));
        Set<InstanceId> settled = new HashSet<>();

        assertThat(align.alignAll(settled)).isFalse();
        assertThat(settled).doesNotContain(scene.demo.telegram());
        scene.faultsEnd();
        align.alignAll(settled);

        assertThat(settled).contains(scene.demo.telegram());
        assertThat(scene.registeredUrl()).isEqualTo(ours());
    }

    @Test
    void a_bot_whose_secrets_do_not_open_keeps_no_other_from_being_aligned() {
        Scene broken = Scene.open("http://localhost:1", secrets).withTelegramWebhook();
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET sealed = '{\"access_token\":\"broken\"}' WHERE id = ?",
                        broken.demo.telegram().value());

        Set<InstanceId> settled = run();

        assertThat(settled).contains(scene.demo.telegram()).doesNotContain(broken.demo.telegram());
    }

    private Set<InstanceId> run() {
        Set<InstanceId> settled = new HashSet<>();
        align.alignAll(settled);
        return settled;
    }

    private String ours() {
        return ConfigProvider.getConfig().getValue("centurions.webhooks.base-url", String.class) + "/webhooks/telegram/"
                + scene.demo.telegram();
    }

    private long calls(String method) {
        return scene.calls("telegram", "/bot" + scene.demo.telegramBot()).stream()
                .filter(call -> call.path("path").asText().endsWith("/" + method))
                .count();
    }
}
