package io.centurions.backoffice.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                " \t\n",
                "\u0000\u0007",
                "\u00a0",
                "\u2003\u2028\u3000",
                "\u200b\u200d\u2060\ufeff",
                "\u00ad",
                "\u202e",
                "\ufe0f",
                "\ud800",
                "\u2800",
                "\u3164"
            })
    void nothing_is_said_where_nothing_is_seen(String text) {
        assertThat(Words.missingIn(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00a0n\u00e3o\u00a0", "7", "?", "\ud83d\udc4d\ufe0f", "\u4e2d", "R$"})
    void a_letter_a_digit_or_a_sign_is_enough(String text) {
        assertThat(Words.missingIn(text)).isFalse();
    }
}
