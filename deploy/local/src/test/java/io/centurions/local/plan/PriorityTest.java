package io.centurions.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityTest {

    @Test
    void without_the_setting_a_command_stays_as_it_is() {
        assertThat(Priority.words(Map.of())).isEmpty();
    }

    @Test
    void a_lowered_command_keeps_its_words_and_has_the_nice_value() throws Exception {
        List<String> command = new ArrayList<>(Priority.words(Map.of(Priority.SETTING, "7")));
        command.addAll(List.of("sh", "-c", "printf '%s|%s|' \"$1\" \"$2\"; nice", "named", "two words", "$HOME"));

        int ours = Integer.parseInt(said(List.of("nice")).strip());

        assertThat(said(command)).isEqualToIgnoringNewLines("two words|$HOME|" + Math.min(19, ours + 7));
    }

    private static String said(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "20", "-5", "five", "5; true"})
    void what_is_no_nice_value_is_refused(String asked) {
        assertThatThrownBy(() -> Priority.words(Map.of(Priority.SETTING, asked)))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining(Priority.SETTING);
    }
}
