package io.centurions.evolution.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToSendResultTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            send-text,                     Accepted d69137a1-caa2-47ab-a699-a8dbe0d3765e
            send-media-base64,             Accepted 1fe416ca-577f-4af5-8013-dba806fa6212
            send-text-disconnected-500,    TryLater instance_not_connected
            send-text-not-on-whatsapp-400, Refused not_on_whatsapp
            send-business-failure-201,     Refused graph_131047
            state-missing-404,             TryLater http_404
            """)
    void a_recorded_answer_is_what_the_table_says(String call, String result) {
        assertThat(told(ToSendResult.of(Fixture.answer(call)))).isEqualTo(result);
    }

    @Test
    void a_call_that_was_cut_off_is_unknown_and_never_to_be_repeated() {
        assertThat(told(ToSendResult.of(new Heard.NoAnswer("timeout")))).isEqualTo("Unknown timeout");
        assertThat(told(ToSendResult.of(answered(500)))).isEqualTo("Unknown http_500");
        assertThat(told(ToSendResult.of(answered(504)))).isEqualTo("Unknown http_504");
        assertThat(told(ToSendResult.of(answered(201)))).isEqualTo("Unknown no_message_id");
    }

    @Test
    void what_never_left_may_be_tried_again() {
        assertThat(told(ToSendResult.of(new Heard.NotSent("unreachable", Duration.ofSeconds(2)))))
                .isEqualTo("TryLater unreachable");
        assertThat(told(ToSendResult.of(answered(503)))).isEqualTo("TryLater http_503");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 404, 407, 421, 425})
    void what_was_turned_away_at_the_door_may_be_tried_again(int status) {
        assertThat(told(ToSendResult.of(answered(status)))).isEqualTo("TryLater http_" + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 303, 304})
    void a_3xx_that_names_no_other_address_leaves_it_open(int status) {
        assertThat(told(ToSendResult.of(answered(status)))).isEqualTo("Unknown http_" + status);
    }

    @ParameterizedTest
    @CsvSource({"500, Connection Closed", "500, Error: Connection Closed", "400, Error: Connection Closed"})
    void an_instance_that_is_not_connected_is_told_by_a_sentence_or_a_list_of_them(int status, String sentence) {
        var one = JsonNodeFactory.instance.objectNode();
        one.putObject("response").put("message", sentence);
        var list = JsonNodeFactory.instance.objectNode();
        list.putObject("response").putArray("message").add(sentence);

        for (var body : List.of(one, list)) {
            assertThat(told(ToSendResult.of(new Heard.Answered(status, body, Duration.ZERO))))
                    .isEqualTo("TryLater instance_not_connected");
        }
    }

    @Test
    void what_the_server_has_looked_at_and_does_not_take_is_refused() {
        assertThat(told(ToSendResult.of(Fixture.answer("create-bad-integration-400"))))
                .isEqualTo("Refused http_400");
        assertThat(told(ToSendResult.of(answered(413)))).isEqualTo("Refused http_413");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | {"message":"Bad Request"}
            400 | {"code":400,"message":"upstream reset"}
            400 | {"status":400,"error":"Bad Request","message":"no such route"}
            400 | {"status":502,"error":"Bad Gateway","response":{"message":["Invalid format"]}}
            404 | {"message":"no Route matched with those values","request_id":"4f3a"}
            """)
    void what_a_gateway_finds_bad_in_json_of_its_own_was_turned_away_like_with_a_page(int status, String body) {
        var answered = new Heard.Answered(status, Fixture.json(body), Duration.ZERO);

        assertThat(told(ToSendResult.of(answered))).isEqualTo("TryLater http_" + status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"code":0,"message":"ok"}
            {"code":131047,"message":"ok","type":"about:blank"}
            {"message":"accepted"}
            []
            """)
    void a_success_without_an_id_that_is_not_metas_refusal_leaves_it_open(String body) {
        var answered = new Heard.Answered(200, Fixture.json(body), Duration.ZERO);

        assertThat(told(ToSendResult.of(answered))).isEqualTo("Unknown no_message_id");
    }

    @Test
    void throttling_waits_as_long_as_the_server_says() {
        var throttled = new Heard.Answered(429, MissingNode.getInstance(), Duration.ofSeconds(7));

        assertThat(ToSendResult.of(throttled)).isEqualTo(new SendResult.TryLater("http_429", Duration.ofSeconds(7)));
    }

    @Test
    void what_was_kept_back_waits_as_long_as_it_is_kept_back() {
        var resting = new Heard.NotSent("breaker_open", Duration.ofSeconds(9));

        assertThat(ToSendResult.of(resting)).isEqualTo(new SendResult.TryLater("breaker_open", Duration.ofSeconds(9)));
    }

    private static Heard answered(int status) {
        return new Heard.Answered(status, MissingNode.getInstance(), Duration.ZERO);
    }

    private static String told(SendResult result) {
        return switch (result) {
            case SendResult.Accepted(var id) -> "Accepted " + id;
            case SendResult.TryLater(var reason, var after) -> "TryLater " + reason;
            case SendResult.Refused(var reason) -> "Refused " + reason;
            case SendResult.Unknown(var reason) -> "Unknown " + reason;
        };
    }
}
