package io.centurions.backoffice.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.problem.Problem.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormGuardTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void a_form_without_a_guard_lets_everybody_send() throws JsonProcessingException {
        assertThat(JSON.readValue("{}", FormGuard.class)).isEqualTo(FormGuard.OPEN);
        assertThat(FormGuard.OPEN.admits("https://qualquer.example")).isTrue();
        assertThat(FormGuard.OPEN.caught(json("{'name': 'Ana'}"))).isFalse();
        assertThat(FormGuard.OPEN.missing(json("{}"))).isEmpty();
    }

    @Test
    void a_browser_names_its_site_in_any_letters_and_a_server_names_none() {
        var guard = new FormGuard(List.of("https://loja.example"), null, null, null, null, null);

        assertThat(guard.admits("https://Loja.example")).isTrue();
        assertThat(guard.admits("https://loja.example.outra.example")).isFalse();
        assertThat(guard.admits("null")).isFalse();
        assertThat(guard.admits(null)).isTrue();
    }

    @Test
    void consent_is_given_only_by_a_yes() throws JsonProcessingException {
        var guard = new FormGuard(null, List.of("consent", "email"), null, null, null, null);

        assertThat(guard.missing(json("{'consent': true, 'email': 'a@a.example'}")))
                .isEmpty();
        assertThat(guard.missing(json("{'consent': {'given': true, 'text': 'Aceito.'}, 'email': 'a@a.example'}")))
                .isEmpty();
        assertThat(guard.missing(json("{'consent': {'given': false, 'text': 'Aceito.'}}")))
                .extracting(FieldError::field)
                .containsExactly("consent", "email");
    }

    @Test
    void a_robot_is_caught_by_what_it_fills_in() throws JsonProcessingException {
        assertThat(FormGuard.OPEN.caught(json("{'_honeypot': 'x'}"))).isTrue();
        assertThat(FormGuard.OPEN.caught(json("{'_honeypot': ' '}"))).isFalse();
        assertThat(FormGuard.OPEN.caught(json("{'_honeypot': null}"))).isFalse();
        assertThat(FormGuard.OPEN.caught(json("{'_honeypot': false}"))).isFalse();
    }

    private static JsonNode json(String quoted) throws JsonProcessingException {
        return JSON.readTree(quoted.replace('\'', '"'));
    }
}
