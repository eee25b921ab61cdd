package io.centurions.backoffice.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.problem.Problem.FieldError;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FormField NOTE = new FormField("recado", "text", false, 10, null);
    private static final FormField BUDGET = new FormField("orcamento", "number", true, null, null);
    private static final FormField OWNER = new FormField("dono", "boolean", false, null, null);
    private static final FormField PLAN = new FormField("plano", "choice", false, null, List.of("Ouro", "Prata"));

    @Test
    void answers_are_kept_by_the_name_of_their_field_and_anything_else_is_dropped() {
        var answers =
                of("{'recado': ' oi ', 'orcamento': 1500.5, 'dono': true, 'plano': ['Ouro', 'Prata'], 'outro': 'x'}");

        assertThat(answers.errors()).isEmpty();
        assertThat(answers.given())
                .isEqualTo(json("{'recado': 'oi', 'orcamento': '1500.5', 'dono': 'true', 'plano': ['Ouro', 'Prata']}"));
    }

    @Test
    void what_cannot_be_taken_is_told_by_field_and_never_quoted() {
        var answers =
                of("{'recado': 'longo demais', 'orcamento': 'muito', 'dono': 'talvez', 'plano': ['Ouro', 'Bronze']}");

        assertThat(answers.errors())
                .extracting(FieldError::field)
                .containsExactly("recado", "orcamento", "dono", "plano");
        assertThat(answers.errors())
                .extracting(FieldError::message)
                .noneMatch(message -> message.contains("muito") || message.contains("Bronze"));
        assertThat(answers.given()).isEmpty();
    }

    @Test
    void a_required_one_may_not_be_left_empty() {
        for (String empty :
                List.of("{}", "{'orcamento': null}", "{'orcamento': ' '}", "{'orcamento': []}", "{'orcamento': {}}")) {
            assertThat(of(empty).errors())
                    .as(empty)
                    .extracting(FieldError::field)
                    .containsExactly("orcamento");
        }
    }

    @Test
    void only_a_choice_takes_several_answers() {
        assertThat(of("{'orcamento': [1, 2]}").errors())
                .extracting(FieldError::message)
                .containsExactly("takes one answer");
        assertThat(of("{'orcamento': [1]}").given()).isEqualTo(json("{'orcamento': '1'}"));
    }

    @Test
    void a_choice_and_nothing_else_has_options() {
        assertThat(PLAN.isAnswerable()).isTrue();
        assertThat(NOTE.isAnswerable()).isTrue();
        assertThat(new FormField("plano", "choice", false, null, null).isAnswerable())
                .isFalse();
        assertThat(new FormField("recado", "text", false, null, List.of("a")).isAnswerable())
                .isFalse();
    }

    private static FormAnswers of(String quoted) {
        return FormAnswers.of(json(quoted), List.of(NOTE, BUDGET, OWNER, PLAN));
    }

    private static JsonNode json(String quoted) {
        try {
            return JSON.readTree(quoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(quoted, e);
        }
    }
}
