package io.centurions.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void a_command_without_arguments_refuses_the_first_one_in_one_line() {
        assertThatThrownBy(() -> Words.none("reset", List.of("--help", "x")))
                .isInstanceOf(Trouble.class)
                .hasMessage("reset takes no arguments, not --help: ./fleet help");
        assertThatCode(() -> Words.none("reset", List.of())).doesNotThrowAnyException();
    }

    @Test
    void an_unknown_option_is_refused_and_a_known_one_is_not() {
        assertThatThrownBy(() -> Words.onlyOptions("logs", List.of("redis", "--row"), List.of("--raw")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("--row");
        assertThatCode(() -> Words.onlyOptions("logs", List.of("redis", "--raw"), List.of("--raw")))
                .doesNotThrowAnyException();
    }
}
