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
    void a_code_is_kept_and_a_sentence_is_not() {
        assertThat(captured("error-coded-200")).isEqualTo(new Refused<>("too_many_resent_emails"));
        assertThat(answer(200, Duration.ZERO, "{\"errors\":[{\"message\":\"Maria Teste may not do that\"}]}"))
                .isEqualTo(new Refused<>("refused"));
    }

    @Test
    void not_found_is_told_apart() {
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

    @Test
    void an_answer_that_cannot_be_read_may_have_been_done() {
        assertThat(answer(200, Duration.ZERO, "<html>")).isEqualTo(new TryLater<>(Duration.ZERO, "unreadable-answer"));
        assertThat(answer(502, Duration.ZERO, "<html>")).isEqualTo(new TryLater<>(Duration.ZERO, "http-502"));
    }

    private static ProviderResult<JsonNode> captured(String name) {
        return GraphQlAnswer.of(200, Duration.ZERO, Fixture.answer(name), new ObjectMapper());
    }

    private static ProviderResult<JsonNode> answer(int status, Duration retryAfter, String body) {
        return GraphQlAnswer.of(status, retryAfter, body.getBytes(StandardCharsets.UTF_8), new ObjectMapper());
    }
}
