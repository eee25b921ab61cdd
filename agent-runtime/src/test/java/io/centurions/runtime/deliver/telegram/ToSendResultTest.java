package io.centurions.runtime.deliver.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.runtime.deliver.SendResult;
import io.centurions.runtime.intake.Fixture;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToSendResultTest {

    @ParameterizedTest
    @ValueSource(strings = {"send-message", "send-photo-url", "send-voice-multipart"})
    void what_telegram_took_has_its_name_within_the_chat(String fixture) {
        var sent = Fixture.json("telegram/" + fixture + ".json").at("/response/body/result");

        assertThat(ToSendResult.of("77", sent))
                .isEqualTo(
                        new SendResult.Accepted("77:" + sent.path("message_id").intValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "true", "{\"message_id\":null}"})
    void a_yes_that_names_no_message_leaves_open_whether_it_left(String yes) throws IOException {
        assertThat(ToSendResult.of("77", new ObjectMapper().readTree(yes)))
                .isEqualTo(new SendResult.Unknown("no_message_id"));
    }

    @Test
    void too_many_waits_as_long_as_telegram_says() {
        assertThat(of("error-429")).isEqualTo(new SendResult.TryLater(Duration.ofSeconds(14), "too_many"));
    }

    @Test
    void a_wrong_token_breaks_the_channel_until_it_is_renewed() {
        var wanting = new SendResult.TryLater(Duration.ZERO, "token", true);

        assertThat(of("error-401")).isEqualTo(wanting);
        assertThat(of(404, "Not Found")).isEqualTo(wanting);
    }

    @Test
    void a_lead_who_blocked_the_bot_breaks_only_this_conversation() {
        assertThat(of("error-403-blocked")).isEqualTo(new SendResult.Refused("blocked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user is deactivated",
                "bot was kicked from the group chat",
                "bot can't initiate conversation with a user",
                "bot can't send messages to bots",
                "bot is not a member of the supergroup chat",
                "the group chat was deleted"
            })
    void a_chat_that_telegram_says_is_closed_to_the_bot_stays_closed(String why) {
        assertThat(of(403, "Forbidden: " + why)).isEqualTo(new SendResult.Refused("blocked"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 404, 405, 407, 413, 421, 422, 425, 451})
    void what_a_proxy_turns_away_was_not_sent_and_may_be_later(int status) {
        assertThat(of(status, "")).isEqualTo(new SendResult.TryLater(Duration.ZERO, "provider_" + status));
    }

    @Test
    void what_a_proxy_asks_us_to_bring_again_was_not_passed_on() {
        var wait = Duration.ofSeconds(2);

        assertThat(ToSendResult.of(new TelegramAnswer.No(503, "", wait)))
                .isEqualTo(new SendResult.TryLater(wait, "provider_503"));
        assertThat(ToSendResult.of(new TelegramAnswer.No(503, "Service Unavailable", wait)))
                .isEqualTo(new SendResult.Unknown("provider_503"));
        assertThat(of(503, "")).isEqualTo(new SendResult.Unknown("provider_503"));
    }

    @Test
    void a_bad_request_is_never_repeated() {
        assertThat(of("error-400-chat-not-found")).isEqualTo(new SendResult.Refused("refused_400"));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 504, 408, 200, 300, 303, 304})
    void the_servers_own_trouble_leaves_open_whether_it_left(int code) {
        assertThat(of(code, "")).isInstanceOf(SendResult.Unknown.class);
    }

    private static SendResult of(String fixture) {
        var body = Fixture.json("telegram/" + fixture + ".json").at("/response/body");
        return ToSendResult.of(new TelegramAnswer.No(
                body.path("error_code").asInt(),
                body.path("description").asText(),
                Duration.ofSeconds(body.at("/parameters/retry_after").asLong())));
    }

    private static SendResult of(int code, String description) {
        return ToSendResult.of(new TelegramAnswer.No(code, description, Duration.ZERO));
    }
}
