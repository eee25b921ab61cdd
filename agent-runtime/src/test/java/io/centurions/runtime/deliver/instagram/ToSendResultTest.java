package io.centurions.runtime.deliver.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.centurions.runtime.deliver.SendResult;
import io.centurions.runtime.intake.Fixture;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToSendResultTest {

    @ParameterizedTest
    @ValueSource(strings = {"send-text", "send-image"})
    void what_graph_took_has_its_name(String fixture) {
        var sent = Fixture.json("instagram/" + fixture + ".json").at("/response/body");

        assertThat(ToSendResult.of(sent))
                .isEqualTo(new SendResult.Accepted(sent.path("message_id").textValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"status\":\"ok\"}", "{\"message_id\":\"\"}", "{\"message_id\":null}"})
    void a_yes_that_names_no_message_leaves_open_whether_it_left(String yes) throws IOException {
        assertThat(ToSendResult.of(new ObjectMapper().readTree(yes)))
                .isEqualTo(new SendResult.Unknown("no_message_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "send-outside-window-error, outside_window",
        "send-user-not-found-error, refused_100",
    })
    void a_lasting_refusal_says_why(String fixture, String reason) {
        assertThat(of(fixture)).isEqualTo(new SendResult.Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "403, 10, 2018278, outside_window",
        "403, 10, 2018108, person_unavailable",
        "403, 200, 1545041, person_unavailable",
        "403, 551, 0, refused_551",
        "404, 100, 33, refused_100",
    })
    void what_graph_says_of_this_person_is_no_permission_that_may_come_back(
            int status, int code, int subcode, String reason) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code).put("error_subcode", subcode);

        assertThat(ToSendResult.of(no(status, error))).isEqualTo(new SendResult.Refused(reason));
    }

    @Test
    void a_token_that_has_expired_breaks_the_channel_until_it_is_renewed() {
        assertThat(of("token-expired-error")).isEqualTo(new SendResult.TryLater(Duration.ZERO, "token", true));
    }

    @ParameterizedTest
    @CsvSource({
        "400, 102, token",
        "401, 190, token",
        "403, 10, permission",
        "403, 200, permission",
        "403, 299, permission"
    })
    void a_token_or_permission_that_is_wanting_breaks_the_channel_until_it_is_back(
            int status, int code, String reason) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code);

        assertThat(ToSendResult.of(no(status, error))).isEqualTo(new SendResult.TryLater(Duration.ZERO, reason, true));
    }

    @ParameterizedTest
    @CsvSource({"403, 10", "403, 200", "400, 299"})
    void a_permission_that_is_wanting_for_a_reason_we_do_not_know_breaks_no_channel(int status, int code) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code).put("error_subcode", 7654321);

        assertThat(ToSendResult.of(no(status, error)))
                .isEqualTo(new SendResult.TryLater(Duration.ZERO, "permission_7654321"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 404, 405, 407, 413, 421, 422, 425, 451})
    void what_a_proxy_turns_away_was_not_sent_and_may_be_later(int status) {
        assertThat(ToSendResult.of(no(status, MissingNode.getInstance())))
                .isEqualTo(new SendResult.TryLater(Duration.ZERO, "provider_" + status));
    }

    @Test
    void what_a_proxy_asks_us_to_bring_again_was_not_passed_on() {
        var nobody = MissingNode.getInstance();
        var wait = Duration.ofSeconds(2);

        assertThat(ToSendResult.of(new InstagramClient.Answer.No(503, nobody, wait)))
                .isEqualTo(new SendResult.TryLater(wait, "provider_503"));
        assertThat(ToSendResult.of(no(503, nobody))).isEqualTo(new SendResult.Unknown("provider_503"));
    }

    @Test
    void a_limit_is_tried_later_whatever_the_http_status() {
        assertThat(of("rate-limit-error")).isInstanceOf(SendResult.TryLater.class);
    }

    @ParameterizedTest
    @CsvSource({"503, 0", "502, 0", "500, 1", "500, 2", "400, 2", "408, 0", "200, 0", "300, 0", "303, 0", "304, 0"})
    void trouble_and_what_a_gateway_says_leave_open_whether_it_left(int status, int code) {
        var error = JsonNodeFactory.instance.objectNode().put("code", code);

        assertThat(ToSendResult.of(no(status, code == 0 ? MissingNode.getInstance() : error)))
                .isInstanceOf(SendResult.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"429, 0", "400, 4", "500, 4", "403, 613", "400, 80006", "403, 368"})
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
