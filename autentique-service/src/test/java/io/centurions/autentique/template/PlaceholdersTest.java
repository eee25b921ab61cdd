package io.centurions.autentique.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    @Test
    void fields_are_listed_once_in_the_order_of_their_first_use() {
        var fields = Placeholders.in("{{nome}} deve {{ valor }} a {{nome}}, {{endereço_1}}");

        assertThat(fields).containsExactly("nome", "valor", "endereço_1");
    }

    @Test
    void braces_that_make_no_field_are_broken() {
        assertThat(Placeholders.broken("Olá {{nome}")).isTrue();
        assertThat(Placeholders.broken("Olá {{}}")).isTrue();
        assertThat(Placeholders.broken("Olá {{nome}} {sem campo}")).isFalse();
    }

    @Test
    void a_blank_value_is_missing() {
        var missing = Placeholders.missing(List.of("nome", "valor", "prazo"), Map.of("nome", "Maria", "valor", "  "));

        assertThat(missing).containsExactly("valor", "prazo");
    }

    @Test
    void what_a_value_contains_is_text() {
        var text = Placeholders.fill("{{a}} e {{b}}", Map.of("a", "{{b}} $1 \\", "b", "fim"));

        assertThat(text).isEqualTo("{{b}} $1 \\ e fim");
    }

    @Test
    void a_field_without_a_value_never_reaches_the_paper() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Placeholders.fill("{{nome}}", Map.of()))
                .withMessageContaining("nome");
    }
}
