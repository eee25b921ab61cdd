package io.centurions.runtime.deliver.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.runtime.deliver.SendResult;
import io.centurions.runtime.intake.Fixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToSendResultTest {

    @ParameterizedTest
    @CsvSource({
        "send-outside-window-error, outside_window, false",
        "send-user-not-found-error, refused_100, false",
        "token-expired-error, token, true",
    })
    void a_lasting_refusal_says_why_and_whether_the_channel_is_broken(String fixture, String reason, boolean broken) {
        assertThat(of(fixture)).isEqualTo(new SendResult.Refused(reason, broken));
    }

    @Test
    void a_limit_is_tried_later_whatever_the_http_status() {
        assertThat(of("rate-limit-error")).isInstanceOf(SendResult.TryLater.class);
    }

    @ParameterizedTest
    @CsvSource({"503, 0", "502, 0", "500, 1", "500, 2", "400, 2", "408, 0", "200, 0"})
    void trouble_and_what_a_gateway_says_leave_open_whether_it_left(int status, int code) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code);

        assertThat(ToSendResult.of(no(status, code == 0 ? MissingNode.getInstance() : error)))
                .isInstanceOf(SendResult.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"429, 0", "400, 4", "500, 4", "403, 613"})
    void only_a_limit_is_tried_later(int status, int code) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code);

        assertThat(ToSendResult.of(no(status, code == 0 ? MissingNode.getInstance() : error)))
                .isInstanceOf(SendResult.TryLater.class);
    }

    @Test
    void a_limit_lasts_as_long_as_the_provider_says() {
        var told = new InstagramClient.Answer.No(429, MissingNode.getInstance(), Duration.ofSeconds(90));

        assertThat(ToSendResult.of(told)).isEqualTo(new SendResult.TryLater(Duration.ofSeconds(90), "provider_429"));
    }

    private static SendResult of(String fixture) {
        var response = Fixture.json("instagram/" + fixture + ".json").path("response");
        return ToSendResult.of(no(response.path("status").asInt(), response.at("/body/error")));
    }

    private static InstagramClient.Answer.No no(int status, JsonNode error) {
        return new InstagramClient.Answer.No(status, error, Duration.ZERO);
    }
}
