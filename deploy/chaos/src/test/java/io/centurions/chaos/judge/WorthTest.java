package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A fleet that takes nothing in loses nothing: such a run must not pass. */
class WorthTest {

    private static final String ROW = "parts of the run that proved nothing";

    private final Scene scene = Scene.right();

    @Test
    void a_run_in_which_nothing_was_acknowledged_proves_nothing() {
        scene.written.replaceAll(one -> new Outside.Written(one.chat(), one.text(), 0));

        assertThat(scene.broken()).containsExactly(ROW);
    }

    @Test
    void a_run_in_which_a_tenth_was_not_acknowledged_proves_little() {
        unanswered(5);
        assertThat(details()).isEmpty();

        unanswered(1);
        assertThat(details()).containsExactly("only 46 of 52 messages were acknowledged");
    }

    // As many that were not answered; the rest of the first call was.
    private void unanswered(int count) {
        while (scene.written.size() < 46) {
            scene.written.add(new Outside.Written(Scene.CHAT, "w" + scene.written.size(), 200));
        }
        for (int n = 0; n < count; n++) {
            scene.written.add(new Outside.Written(Scene.CHAT, "u" + scene.written.size(), 503));
        }
    }

    @Test
    void a_long_run_in_which_nobody_came_to_the_end_proves_nothing() {
        scene.leads.clear();
        scene.signed.clear();
        scene.atMeta.clear();
        assertThat(details()).isEmpty();

        muchIsWritten();
        assertThat(details())
                .containsExactly(
                        "no bubble came on instagram",
                        "no bubble came on telegram",
                        "no lead was qualified",
                        "no contract was signed",
                        "no conversation was taken over by a person and given back",
                        "no conversion came to Meta",
                        "no lead was told that every question is answered");
    }

    @Test
    void a_long_run_whose_model_words_its_answers_otherwise_proves_nothing_of_them() {
        muchIsWritten();
        scene.bubble(3, Scene.text("Perfeito, obrigado pelas respostas! [r12.2/2 #3-4]"));
        scene.takeovers.add(new Outside.Takeover(Scene.CHAT, Map.of(), Set.of(), Scene.NOON, Scene.NOON, true));
        assertThat(details()).containsExactly("no bubble came on instagram", "no bubble came on telegram");

        scene.bubbles.replaceAll(
                bubble -> Scene.text(bubble.text().replace(" #", " nr. ")).apply(bubble));
        assertThat(details()).contains("only 0 of 2 answers say which words they answer");
    }

    @Test
    void answers_that_say_of_no_word_that_they_heard_it_prove_nothing() {
        muchIsWritten();

        scene.bubbles.replaceAll(
                bubble -> Scene.text(bubble.text().replaceAll("#[0-9-]+", "#0")).apply(bubble));

        assertThat(details()).contains("only 0 of 2 answers say which words they answer");
    }

    private void muchIsWritten() {
        while (scene.written.size() < 400) {
            scene.written.add(new Outside.Written(Scene.CHAT, "w" + scene.written.size(), 200));
        }
    }

    private List<String> details() {
        return scene.judged().stream()
                .filter(row -> row.name().equals(ROW))
                .findFirst()
                .orElseThrow()
                .details();
    }
}
