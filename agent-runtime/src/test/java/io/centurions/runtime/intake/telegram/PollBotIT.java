package io.centurions.runtime.intake.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.Scene;
import io.centurions.runtime.intake.InstanceAddress;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class PollBotIT {

    private static final Lease OURS = () -> true;

    @Inject
    Secrets secrets;

    @Inject
    PollBot poll;

    @Inject
    BotRepository bots;

    @Test
    void a_bot_without_a_webhook_is_polled_and_the_offset_follows_what_is_stored() {
        Scene scene = Scene.open("http://unused", secrets).withPolledBot();
        InstanceAddress bot = bots.all().stream()
                .filter(each -> each.id().equals(scene.demo.telegram()))
                .findFirst()
                .orElseThrow();
        scene.writes("telegram", "oi", "tudo bem?");

        PollBot.Next first = poll.poll(bot, 0, OURS);
        PollBot.Next second = poll.poll(bot, first.offset(), OURS);
        PollBot.Next again = poll.poll(bot, 0, OURS);

        assertThat(inbound(scene)).isEqualTo(2);
        assertThat(first.offset()).isPositive();
        assertThat(second).isEqualTo(new PollBot.Next(first.offset(), Duration.ZERO));
        assertThat(again.offset()).isZero();
    }

    @Test
    void a_bot_without_a_token_is_looked_at_much_later() {
        Scene scene = Scene.open("http://unused", secrets);
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET sealed = '{}' WHERE id = ?",
                        scene.demo.telegram().value());
        var bot = new InstanceAddress(scene.demo.telegram(), scene.demo.company(), "telegram", false, new byte[0]);

        assertThat(poll.poll(bot, 7, OURS)).isEqualTo(new PollBot.Next(7, Duration.ofMinutes(1)));
        assertThat(bots.all()).noneMatch(each -> each.id().equals(scene.demo.telegram()));
    }

    @Test
    void telegram_is_not_asked_again_before_it_wants_to_be() {
        Scene scene = Scene.open("http://unused", secrets).withPolledBot();
        var bot = bots.all().stream()
                .filter(each -> each.id().equals(scene.demo.telegram()))
                .findFirst()
                .orElseThrow();
        scene.fault("""
                {"provider":"telegram","path":"%s","status":503,"headers":{"Retry-After":"40"},"times":1}
                """.formatted("/bot" + scene.demo.telegramBot()));

        PollBot.Next next = poll.poll(bot, 7, OURS);

        assertThat(next.offset()).isEqualTo(7);
        assertThat(next.pause()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void a_webhook_that_is_in_the_way_is_taken_away_but_not_by_whom_the_next_owner_has_followed() {
        Scene scene = Scene.open("http://unused", secrets).withTelegramWebhook();
        var bot = new InstanceAddress(scene.demo.telegram(), scene.demo.company(), "telegram", false, new byte[0]);

        poll.poll(bot, 0, () -> false);
        assertThat(scene.registeredUrl()).isNotEmpty();

        poll.poll(bot, 0, OURS);
        assertThat(scene.registeredUrl()).isEmpty();
    }

    private static long inbound(Scene scene) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'in'",
                        scene.demo.company().value());
    }
}
