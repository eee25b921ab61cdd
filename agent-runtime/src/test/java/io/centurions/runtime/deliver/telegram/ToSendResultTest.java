package io.centurions.runtime.deliver.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.deliver.SendResult;
import io.centurions.runtime.intake.Fixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 408, 200})
    void the_servers_own_trouble_leaves_open_whether_it_left(int code) {
        assertThat(ToSendResult.of(new TelegramAnswer.No(code, Duration.ZERO))).isInstanceOf(SendResult.Unknown.class);
    }

    private static SendResult of(String fixture) {
        var body = Fixture.json("telegram/" + fixture + ".json").at("/response/body");
        return ToSendResult.of(new TelegramAnswer.No(
                body.path("error_code").asInt(),
                Duration.ofSeconds(body.at("/parameters/retry_after").asLong())));
    }
}
