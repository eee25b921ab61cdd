package io.centurions.autentique.autentique;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.autentique.Fixture;
import io.centurions.autentique.signing.ProviderResult;
import io.centurions.autentique.signing.ProviderResult.Accepted;
import io.centurions.autentique.signing.ProviderResult.Refused;
import io.centurions.autentique.signing.ProviderResult.TryLater;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQlAnswerTest {

    @Test
    void captured_data_is_accepted() {
        assertThat(captured("create-document-multipart")).isInstanceOf(Accepted.class);
    }

    @Test
    void validation_names_the_fields_in_the_new_and_in_the_old_shape() {
        assertThat(captured("error-validation-200"))
                .isEqualTo(new Refused<>(
                        "validation:signers.0.email=invalid_email,document.name=must_be_at_least_characters:3"));
        assertThat(captured("error-validation-old-shape-200"))
                .isEqualTo(new Refused<>("validation:document.name=required"));
    }

    @Test
    void an_error_that_we_do_not_know_is_no_refusal_and_its_code_is_kept_but_no_sentence() {
        assertThat(error("a_code_of_tomorrow")).isEqualTo(new TryLater<>(Duration.ZERO, "a_code_of_tomorrow"));
        assertThat(error("Maria Teste may not do that")).isEqualTo(new TryLater<>(Duration.ZERO, "unknown-error"));
        assertThat(error("Internal server error")).isEqualTo(new TryLater<>(Duration.ZERO, "internal-error"));
        assertThat(error("Upstream not found, try again")).isEqualTo(new TryLater<>(Duration.ZERO, "unknown-error"));
        assertThat(answer(200, Duration.ofSeconds(7), "{\"errors\":[{}]}"))
                .isEqualTo(new TryLater<>(Duration.ofSeconds(7), "unknown-error"));
    }

    @ParameterizedTest
    @CsvSource({
        "too_many_requests, too_many_requests",
        "Too Many Attempts., throttled",
        "Rate limit exceeded, throttled",
        "ThrottleRequestsException, ThrottleRequestsException"
    })
    void throttling_in_an_answer_200_waits_until_calls_are_counted_anew(String message, String reason) {
        assertThat(error(message)).isEqualTo(new TryLater<>(Duration.ofMinutes(1), reason));
    }

    @Test
    void throttling_in_an_answer_200_waits_as_long_as_the_provider_says() {
        assertThat(answer(200, Duration.ofSeconds(37), "{\"errors\":[{\"message\":\"too_many_requests\"}]}"))
                .isEqualTo(new TryLater<>(Duration.ofSeconds(37), "too_many_requests"));
        assertThat(captured("error-coded-200"))
                .isEqualTo(new TryLater<>(Duration.ofMinutes(1), "too_many_resent_emails"));
    }

    @Test
    void not_found_is_told_apart() {
        assertThat(GraphQlAnswer.notFound(error("folder_not_found"))).isTrue();
        assertThat(GraphQlAnswer.notFound(captured("error-not-found-200"))).isTrue();
        assertThat(GraphQlAnswer.notFound(captured("error-coded-200"))).isFalse();
    }

    @Test
    void throttling_waits_as_long_as_the_provider_says() {
        assertThat(answer(429, Duration.ofSeconds(37), "{\"message\":\"Too Many Attempts.\"}"))
                .isEqualTo(new TryLater<>(Duration.ofSeconds(37), "http-429"));
    }

    @Test
    void a_wrong_key_is_not_the_contracts_fault() {
        assertThat(answer(401, Duration.ZERO, "{\"message\":\"unauthorized\"}"))
                .isEqualTo(new TryLater<>(Duration.ofMinutes(5), "unauthorized"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void a_page_of_a_proxys_fails_no_contract(int status) {
        assertThat(answer(status, Duration.ZERO, "<html>bad request</html>"))
                .isEqualTo(new TryLater<>(Duration.ofMinutes(5), "http-" + status));
        assertThat(answer(status, Duration.ZERO, "{\"message\":\"Syntax Error\"}"))
                .isEqualTo(new Refused<>("http-" + status));
    }

    @Test
    void what_is_too_large_is_so_for_whoever_says_it() {
        assertThat(answer(413, Duration.ZERO, "<html>too large</html>")).isEqualTo(new Refused<>("http-413"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void nobody_comes_back_before_the_time_that_was_asked_for(int status) {
        assertThat(answer(status, Duration.ofMinutes(20), "<html>"))
                .isInstanceOfSatisfying(
                        TryLater.class, later -> assertThat(later.atLeast()).isEqualTo(Duration.ofMinutes(20)));
    }

    @Test
    void an_answer_that_cannot_be_read_may_have_been_done() {
        assertThat(answer(200, Duration.ZERO, "<html>")).isEqualTo(new TryLater<>(Duration.ZERO, "unreadable-answer"));
        assertThat(answer(502, Duration.ZERO, "<html>")).isEqualTo(new TryLater<>(Duration.ZERO, "http-502"));
    }

    private static ProviderResult<JsonNode> captured(String name) {
        return GraphQlAnswer.of(200, Duration.ZERO, Fixture.answer(name), new ObjectMapper());
    }

    private static ProviderResult<JsonNode> error(String message) {
        return answer(200, Duration.ZERO, "{\"errors\":[{\"message\":\"" + message + "\"}],\"data\":null}");
    }

    private static ProviderResult<JsonNode> answer(int status, Duration retryAfter, String body) {
        return GraphQlAnswer.of(status, retryAfter, body.getBytes(StandardCharsets.UTF_8), new ObjectMapper());
    }
}
