package io.centurions.backoffice.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class ShownConsentTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ShownConsent shown = new ShownConsent("Aceito receber mensagens.", 3);

    @Test
    void the_words_that_the_form_shows_stand_beside_the_answer() {
        assertThat(shown.beside(JSON.booleanNode(true)))
                .isEqualTo(JSON.objectNode()
                        .put("given", true)
                        .put("text", "Aceito receber mensagens.")
                        .put("version", "form 3"));
        assertThat(shown.beside(JSON.booleanNode(false)).path("given").asBoolean(true))
                .isFalse();
    }

    @Test
    void a_page_that_says_what_it_showed_is_believed() {
        var said =
                JSON.objectNode().put("given", true).put("text", "Sim, quero.").put("version", "2026-01");

        assertThat(shown.beside(said)).isEqualTo(said);
    }

    @Test
    void a_page_that_names_only_its_version_gets_the_words() {
        var said = JSON.objectNode().put("given", true).put("version", "2026-01");

        assertThat(shown.beside(said)).isEqualTo(said.deepCopy().put("text", "Aceito receber mensagens."));
    }

    @Test
    void a_form_that_shows_nothing_changes_nothing() {
        assertThat(new ShownConsent(null, 1).beside(JSON.booleanNode(true))).isEqualTo(JSON.booleanNode(true));
    }
}
