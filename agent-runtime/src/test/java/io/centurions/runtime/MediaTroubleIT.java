package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A voice message whose file does not come: the turn waits as long as it has patience with media, and not for ever. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@ExtendWith(OpenScene.class)
class MediaTroubleIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final String spoken =
            "queria saber o preço w" + UUID.randomUUID().toString().substring(0, 8);
    private Scene scene;

    @BeforeEach
    void in(Scene scene) {
        this.scene = scene.withInstagramWebhook();
    }

    @ParameterizedTest
    @CsvSource({
        "telegram, /file/, 429, 1",
        "telegram, /file/, 404, 1",
        "telegram, /getFile, 429, 1",
        // Three of them are the tries of one download.
        "telegram, /file/, 500, 4",
        "instagram, /cdn/, 429, 1",
        "instagram, /cdn/, 404, 1",
        "instagram, /cdn/, 500, 4",
        "openai, /audio/transcriptions, 500, 1",
        "openai, /audio/transcriptions, 429, 1",
    })
    void what_comes_by_a_later_try_is_heard_before_it_is_answered(String provider, String path, int status, int times) {
        fault(provider, path, status, ",\"times\":" + times);

        says(provider.equals("openai") ? "telegram" : provider);
        await().atMost(LONG).until(scene::quiet);

        assertThat(transcript()).isEqualTo(spoken);
        assertThat(scene.modelCallsWith(spoken)).isEqualTo(1);
        assertThat(turns()).as("nobody was asked to wait").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"telegram, /file/", "instagram, /cdn/"})
    void what_never_comes_is_answered_without_once_the_patience_is_over(String provider, String path) {
        fault(provider, path, 403, "");

        says(provider);
        await().atMost(LONG).until(() -> scene.calls(provider, path).size() >= 2);
        assertThat(scene.answered()).isFalse();

        Admin.get()
                .execute(
                        "UPDATE core.conversations SET burst_started_at = burst_started_at - interval '20 seconds' WHERE company_id = ?",
                        company());
        await().atMost(LONG).until(scene::quiet);

        assertThat(transcript()).isNull();
        assertThat(turns()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | {"text":" ","usage":{"type":"duration","seconds":4}}
            400 | {}
            """)
    void what_came_to_nothing_is_not_asked_again_while_another_file_is_waited_for(int status, String said) {
        fault("openai", "/audio/transcriptions", status, ",\"body\":" + said);
        fault("telegram", "/photos/", 404, ",\"times\":2");
        int before = scene.calls("openai", "/audio/transcriptions").size();

        says("telegram");
        scene.sends("telegram", "{\"kind\":\"image\",\"base64\":\"/9gBAgM=\"}");
        await().atMost(LONG).until(scene::quiet);

        assertThat(scene.calls("openai", "/audio/transcriptions")).hasSize(before + 1);
        assertThat(scene.calls("telegram", "/photos/").size()).as("passes").isGreaterThanOrEqualTo(3);
        assertThat(turns()).isEqualTo(1);
    }

    @Test
    void what_telegram_does_not_have_is_asked_for_once() {
        scene.fault("""
                {"provider":"telegram","path":"/getFile","status":400,
                 "body":{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}}
                """);

        says("telegram");
        await().atMost(LONG).until(scene::quiet);

        assertThat(scene.calls("telegram", "/bot" + scene.demo.telegramBot()).stream()
                        .filter(call -> call.path("path").asText().contains("getFile")))
                .hasSize(1);
    }

    private void fault(String provider, String path, int status, String more) {
        scene.fault("{\"provider\":\"%s\",\"path\":\"%s\",\"status\":%d%s}".formatted(provider, path, status, more));
    }

    private void says(String channel) {
        String audio = Base64.getEncoder().encodeToString(("TEXT:" + spoken).getBytes(StandardCharsets.UTF_8));
        scene.sends(channel, "{\"kind\":\"audio\",\"base64\":\"" + audio + "\"}");
    }

    private Object transcript() {
        return Admin.get()
                .queryOne("SELECT transcript FROM core.messages WHERE company_id = ? AND direction = 'in'", company())
                .get("transcript");
    }

    private long turns() {
        return Admin.get().count("SELECT count(*) FROM core.turns WHERE company_id = ?", company());
    }

    private UUID company() {
        return scene.demo.company().value();
    }
}
