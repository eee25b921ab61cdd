package io.centurions.backoffice.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import org.junit.jupiter.api.Test;

class SlugTest {

    @Test
    void a_name_loses_its_accents_and_its_spaces() {
        assertThat(Slug.ofName("Clínica Sorriso & Saúde Ltda.").value()).isEqualTo("clinica_sorriso_saude_ltda");
    }

    @Test
    void a_slug_begins_with_a_letter_whatever_the_name_begins_with() {
        assertThat(Slug.ofName("4 Estações").value()).isEqualTo("estacoes");
    }

    @Test
    void a_long_name_is_cut_to_what_a_slug_may_be() {
        assertThat(Slug.ofName("a".repeat(90)).value()).hasSize(40);
    }

    @Test
    void the_schema_is_named_after_the_slug() {
        assertThat(new Slug("alfa").schemaName()).isEqualTo("empresa_alfa");
    }

    @Test
    void a_slug_that_could_break_out_of_a_statement_is_refused() {
        assertThatThrownBy(() -> new Slug("a; drop schema core")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Slug.ofName("株式会社")).isInstanceOf(Problem.class);
    }
}
