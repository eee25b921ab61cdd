package io.centurions.backoffice.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneDigitsTest {

    @Test
    void a_number_of_the_companys_country_gets_its_code() {
        assertThat(PhoneDigits.of("(11) 98888-7777", "pt-BR")).contains("5511988887777");
        assertThat(PhoneDigits.of("011 3333-4444", "pt-BR")).contains("551133334444");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pt-br", "en-BR", "pt-BR-abl1943"})
    void the_country_is_the_region_of_the_language_however_it_is_spelled(String locale) {
        assertThat(PhoneDigits.of("(11) 98888-7777", locale)).contains("5511988887777");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pt", "pt-PT", "br"})
    void a_number_of_another_country_gets_none(String locale) {
        assertThat(PhoneDigits.of("(11) 98888-7777", locale)).contains("11988887777");
    }

    @Test
    void a_number_with_its_code_stays_as_it_is() {
        assertThat(PhoneDigits.of("+1 (929) 555-1234", "pt-BR")).contains("19295551234");
        assertThat(PhoneDigits.of("0055 11 98888-7777", "pt-BR")).contains("5511988887777");
        assertThat(PhoneDigits.of("5511988887777", "pt-BR")).contains("5511988887777");
    }

    @Test
    void what_is_too_short_or_too_long_is_none() {
        assertThat(PhoneDigits.of("12345", "pt-BR")).isEmpty();
        assertThat(PhoneDigits.of("1".repeat(16), "en-US")).isEmpty();
    }
}
