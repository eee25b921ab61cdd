package io.centurions.backoffice.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhoneDigitsTest {

    @Test
    void a_number_of_the_companys_country_gets_its_code() {
        assertThat(PhoneDigits.of("(11) 98888-7777", "pt-BR")).contains("5511988887777");
        assertThat(PhoneDigits.of("011 3333-4444", "pt-BR")).contains("551133334444");
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
