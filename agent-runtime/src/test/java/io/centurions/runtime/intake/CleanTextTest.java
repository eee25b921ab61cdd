package io.centurions.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CleanTextTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void what_postgresql_cannot_store_is_replaced() {
        assertThat(CleanText.of("a\u0000b")).isEqualTo("a\uFFFDb");
        assertThat(CleanText.of("a\uD83Db")).isEqualTo("a\uFFFDb");
        assertThat(CleanText.of("a\uDE00")).isEqualTo("a\uFFFD");
    }

    @Test
    void emoji_and_accents_stay_as_they_are() {
        assertThat(CleanText.of("olá 😀 ção")).isEqualTo("olá 😀 ção");
        assertThat(CleanText.of((String) null)).isNull();
    }

    @Test
    void a_tree_is_cleaned_to_its_leaves_and_names() throws Exception {
        var tree = json.readTree("{\"a\\u0000\":[\"x\\u0000\",{\"y\":\"\\ud800\"}],\"n\":12}");

        assertThat(CleanText.of(tree).toString()).isEqualTo("{\"a\uFFFD\":[\"x\uFFFD\",{\"y\":\"\uFFFD\"}],\"n\":12}");
    }
}
