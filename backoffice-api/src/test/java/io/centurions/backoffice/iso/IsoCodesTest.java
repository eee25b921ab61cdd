package io.centurions.backoffice.iso;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoCodesTest {

    @ParameterizedTest
    @ValueSource(strings = {"BRL", "USD", "EUR", "ARS", "JPY"})
    void what_a_country_pays_with_is_a_currency(String code) {
        assertThatCode(() -> IsoCodes.checkCurrency(code)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BRR", "DEM", "XAU", "XTS", "ABC"})
    void what_nobody_pays_with_any_more_or_ever_is_none(String code) {
        assertThatThrownBy(() -> IsoCodes.checkCurrency(code))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("currency");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pt-BR", "pt", "en-BR", "es-419", "zh-Hans-CN"})
    void a_language_with_or_without_its_region_is_a_locale(String tag) {
        assertThatCode(() -> IsoCodes.checkLocale(tag)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "xx-YY", "pt-ZZ", "pt-12", "pt-BR-BR"})
    void what_nobody_speaks_or_lives_in_is_none(String tag) {
        assertThatThrownBy(() -> IsoCodes.checkLocale(tag))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("locale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pt-br", "PT-br", "pt-Br", "zh-hans-cn", "iw-IL"})
    void what_is_spelled_otherwise_than_its_canonical_form_is_refused(String tag) {
        assertThatThrownBy(() -> IsoCodes.checkLocale(tag))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("locale");
    }
}
