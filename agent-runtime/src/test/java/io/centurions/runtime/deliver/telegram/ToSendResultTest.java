package io.centurions.runtime.deliver.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.deliver.SendResult;
import io.centurions.runtime.intake.Fixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ToSendResultTest {

    @Test
    void too_many_waits_as_long_as_telegram_says() {
        assertThat(of("error-429")).isEqualTo(new SendResult.TryLater(Duration.ofSeconds(14), "too_many"));
    }

    @Test
    void a_wrong_token_breaks_the_channel() {
        assertThat(of("error-401")).isEqualTo(new SendResult.Refused("token", true));
    }

    @Test
    void a_lead_who_blocked_the_bot_breaks_only_this_conversation() {
        assertThat(of("error-403-blocked")).isEqualTo(new SendResult.Refused("blocked", false));
    }

    @Test
    void a_bad_request_is_never_repeated() {
        assertThat(of("error-400-chat-not-found")).isEqualTo(new SendResult.Refused("refused_400", false));
    }

    @Test
    void the_servers_own_trouble_is_repeated() {
        assertThat(ToSendResult.of(new TelegramAnswer.No(502, Duration.ZERO))).isInstanceOf(SendResult.TryLater.class);
    }

    private static SendResult of(String fixture) {
        var body = Fixture.json("telegram/" + fixture + ".json").at("/response/body");
        return ToSendResult.of(new TelegramAnswer.No(
                body.path("error_code").asInt(),
                Duration.ofSeconds(body.at("/parameters/retry_after").asLong())));
    }
}
