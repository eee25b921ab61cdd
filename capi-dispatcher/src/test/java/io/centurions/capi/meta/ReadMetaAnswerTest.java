package io.centurions.capi.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.capi.Fixtures;
import io.centurions.capi.meta.MetaAnswer.Accepted;
import io.centurions.capi.meta.MetaAnswer.BadEvent;
import io.centurions.capi.meta.MetaAnswer.Refused;
import io.centurions.capi.meta.MetaAnswer.TryLater;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadMetaAnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "post-business-messaging-leadsubmitted.json",
                "post-business-messaging-purchase.json",
                "post-crm-conversion-lead.json",
                "post-website-lead.json"
            })
    void what_meta_took_is_accepted(String exchange) {
        assertThat(captured(exchange)).isInstanceOf(Accepted.class);
    }

    @Test
    void the_trace_that_support_asks_for_is_kept() {
        assertThat(captured("post-website-lead.json").traceId()).isEqualTo("AFakeTraceId1001");
        assertThat(captured("error-token-invalid.json").traceId()).isEqualTo("AFakeTraceId1103");
    }

    @ParameterizedTest
    @CsvSource({
        "error-transient-2.json, temporary_failure, true",
        "error-unknown-1.json, temporary_failure, true",
        "error-app-limit-4.json, rate_limited, false",
        "error-user-limit-17.json, rate_limited, false",
        "error-blocked-368.json, blocked_for_a_while, false"
    })
    void what_passes_is_tried_later(String exchange, String reason, boolean maybeStored) {
        var later = (TryLater) captured(exchange);

        assertThat(later.reason()).isEqualTo(reason);
        assertThat(later.maybeStored()).isEqualTo(maybeStored);
    }

    @Test
    void a_blocked_dataset_rests() {
        assertThat(((TryLater) captured("error-blocked-368.json")).after()).isEqualTo(ReadMetaAnswer.BLOCKED);
    }

    @Test
    void a_page_of_a_proxy_says_nothing_about_the_events() {
        String body = Fixtures.text("error-html-503.txt").split("\r?\n\r?\n", 2)[1];

        var later = (TryLater) ReadMetaAnswer.of(503, body, Duration.ofSeconds(30), 1);

        assertThat(later.maybeStored()).isTrue();
        assertThat(later.after()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "<html>Too Many Requests</html>", "{\"error\": {\"code\": 429}}"})
    void what_a_gateway_did_not_let_through_is_not_stored(String body) {
        assertThat(ReadMetaAnswer.of(429, body, Duration.ofSeconds(5), 1))
                .isEqualTo(new TryLater("rate_limited", false, Duration.ofSeconds(5), null));
    }

    @ParameterizedTest
    @CsvSource({
        "error-event-too-old.json, event_too_old",
        "error-missing-user-data.json, no_customer_data",
        "post-business-messaging-bad-event-name.json, bad_event_name"
    })
    void one_event_is_to_blame(String exchange, String reason) {
        assertThat(((BadEvent) captured(exchange)).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "error-token-invalid.json, token_invalid",
        "error-token-expired-subcode.json, token_invalid",
        "error-permission-200.json, no_permission",
        "error-object-missing.json, dataset_missing"
    })
    void what_no_event_can_help_is_refused(String exchange, String reason) {
        assertThat(((Refused) captured(exchange)).reason()).isEqualTo(reason);
    }

    @Test
    void a_wrong_proof_is_no_events_fault() {
        String body = "{\"error\":{\"message\":\"Invalid appsecret_proof provided in the API argument\",\"code\":100,"
                + "\"fbtrace_id\":\"A1\"}}";

        assertThat(ReadMetaAnswer.of(400, body, Duration.ZERO, 2)).isEqualTo(new Refused("proof_invalid", "A1"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            400 | 0 | {"error":{"message":"blocked by policy"}}
            403 | 7 | {"error":{"message":"blocked by policy"}}
            403 | 0 | {"error":{"code":403,"message":"blocked"}}
            400 | 0 | {"error":{"code":100,"message":"blocked","status":"INVALID_ARGUMENT"}}
            401 | 0 | {"error":{"code":190,"message":"no key of this gateway"}}
            403 | 0 | {"message":"Forbidden"}
            200 | 0 | {"status":"ok"}
            200 | 0 | {}
            """)
    void an_answer_without_graphs_marks_is_somebody_elses_and_says_nothing_about_the_events(
            int status, int seconds, String body) {
        var wait = Duration.ofSeconds(seconds);

        assertThat(ReadMetaAnswer.of(status, body, wait, 1))
                .isEqualTo(new TryLater("unexpected_answer", true, wait, null));
    }

    @Test
    void a_limit_of_a_code_that_nobody_documents_waits_as_long_as_is_asked() {
        var wait = Duration.ofSeconds(30);

        assertThat(ReadMetaAnswer.of(
                        429, "{\"error\":{\"message\":\"new\",\"code\":4711,\"fbtrace_id\":\"A1\"}}", wait, 1))
                .isEqualTo(new TryLater("temporary_failure", true, wait, "A1"));
    }

    @Test
    void a_code_that_nobody_documents_is_for_a_person_to_look_at() {
        String body = "{\"error\":{\"message\":\"new\",\"code\":4711,\"fbtrace_id\":\"A1\"}}";

        assertThat(ReadMetaAnswer.of(400, body, Duration.ZERO, 1)).isEqualTo(new Refused("meta_4711", "A1"));
    }

    @Test
    void half_an_answer_is_asked_again() {
        String body = "{\"events_received\":1,\"fbtrace_id\":\"A1\"}";

        assertThat(ReadMetaAnswer.of(200, body, Duration.ZERO, 2)).isInstanceOf(TryLater.class);
        assertThat(ReadMetaAnswer.of(200, "", Duration.ZERO, 2)).isInstanceOf(TryLater.class);
        assertThat(ReadMetaAnswer.of(200, "[]", Duration.ZERO, 2)).isInstanceOf(TryLater.class);
    }

    private static MetaAnswer captured(String name) {
        JsonNode response = Fixtures.meta(name).get("response");
        return ReadMetaAnswer.of(
                response.get("status").intValue(), response.get("body").toString(), Duration.ZERO, 1);
    }
}
