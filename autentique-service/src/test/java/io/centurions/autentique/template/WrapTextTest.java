package io.centurions.autentique.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapTextTest {

    @Test
    void lines_break_between_words() {
        assertThat(wrap("o contratante paga", 13)).containsExactly("o contratante", "paga");
    }

    @Test
    void a_word_wider_than_the_line_breaks_inside() {
        assertThat(wrap("a constitucional", 6)).containsExactly("a", "consti", "tucion", "al");
    }

    @Test
    void empty_lines_stay() {
        assertThat(wrap("um\n\ndois", 10)).containsExactly("um", "", "dois");
    }

    private static List<String> wrap(String text, int widest) {
        return WrapText.wrap(text, widest, String::length);
    }
}
