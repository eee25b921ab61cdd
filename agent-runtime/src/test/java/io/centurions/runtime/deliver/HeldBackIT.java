package io.centurions.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.providers.Providers;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.OpenScene;
import io.centurions.runtime.Scene;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On Telegram, which cannot be asked: a text whose call was never answered, and whose repeat may not be made yet. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@ExtendWith(OpenScene.class)
class HeldBackIT {

    private static final String NO_ANSWER = "\"delayMs\":4000";

    @Inject
    Providers providers;

    @Inject
    MeterRegistry meters;

    private Scene scene;

    @BeforeEach
    void in(Scene scene) {
        this.scene = scene;
    }

    @Test
    void a_repeat_that_meets_a_limit_is_made_later() {
        scene.sendingFault(NO_ANSWER, 1);
        scene.sendingFault("\"status\":429", 1);

        scene.writes("telegram", "oi");
        await().atMost(Duration.ofSeconds(30)).until(scene::quiet);

        assertThat(firstBubble()).containsEntry("status", "accepted").containsEntry("attempts", 2);
        assertThat(sends()).as("never answered, refused for now, accepted").isEqualTo(3);
    }

    @Test
    void a_repeat_that_the_breaker_holds_back_is_made_later() {
        scene.sendingFault(NO_ANSWER, 1);

        scene.writes("telegram", "oi");
        await().atMost(Duration.ofSeconds(20)).until(() -> sends() == 1);
        for (int failed = 0; failed < 10; failed++) {
            providers.named("telegram").run(scene.demo.company(), () -> false, worked -> !worked);
        }
        await().atMost(Duration.ofSeconds(40)).until(scene::quiet);

        assertThat(firstBubble()).containsEntry("status", "accepted").containsEntry("attempts", 2);
        assertThat(sends()).as("never answered, accepted").isEqualTo(2);
    }

    @Test
    void what_stays_unknown_is_counted() {
        double before = meters.get("bubble_unknown_final_total").counter().count();
        scene.sendingFault(NO_ANSWER, 2);

        scene.writes("telegram", "oi");
        await().atMost(Duration.ofSeconds(30)).until(scene::quiet);

        assertThat(firstBubble()).containsEntry("status", "unknown");
        assertThat(meters.get("bubble_unknown_final_total").counter().count()).isEqualTo(before + 1);
    }

    @Test
    void each_provider_shows_its_breaker_from_the_start() {
        assertThat(meters.find("provider_breaker_worst").gauges())
                .extracting(shown -> shown.getId().getTag("provider"))
                .contains("telegram", "telegram-updates", "telegram-files", "instagram", "instagram-media")
                .contains("openai", "anthropic", "ollama", "transcription");
    }

    private Map<String, Object> firstBubble() {
        return Admin.get().queryOne("""
                SELECT text, status, attempts FROM core.messages
                 WHERE company_id = ? AND direction = 'out' ORDER BY created_at, position LIMIT 1
                """, scene.demo.company().value());
    }

    /** Calls that reached Telegram with the first bubble. */
    private long sends() {
        return scene.calls("telegram", "/bot" + scene.demo.telegramBot()).stream()
                .filter(call -> call.path("path").asText().contains("sendMessage"))
                .filter(call ->
                        call.at("/body/text").asText().equals(firstBubble().get("text")))
                .count();
    }
}
