package io.centurions.backoffice.parked;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedTest {

    @Test
    void ids_times_codes_and_amounts_are_shown() {
        String json = "{\"lead\":\"0199a1b2-c3d4-701b-8a00-00000000001b\",\"at\":\"2026-03-02T14:05:07.250Z\","
                + "\"state\":\"OPTED_OUT\",\"type\":\"deal.won\",\"producer\":\"backoffice-api\",\"currency\":\"BRL\","
                + "\"valueCents\":250000,\"replay\":false,\"deal\":null}";

        assertThat(Redacted.of(json)).hasToString(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"Maria Silva\"}",
                "{\"a\":\"maria@silva.com.br\"}",
                "{\"a\":\"5511988887777\"}",
                "{\"a\":5511988887777}",
                "{\"a\":12.5}",
                "{\"at\":\"2026-03-02T5511988887777Z\"}",
                "{\"valueCents\":5511988887777}",
                "{\"seq\":\"silva\"}",
                "{\"a\":988887777}",
                "{\"a\":\"silva\"}",
                "{\"a\":\"joao.silva\"}",
                "{\"a\":\"SILVA\"}",
                "{\"state\":\"SILVA\"}",
                "{\"reason\":\"silva\"}",
                "{\"producer\":\"silva\"}",
                "{\"currency\":\"ANA\",\"state\":[\"SILVA\"]}",
                "[\"silva\",988887777]",
                "\"silva\"",
                "{\"a\":[{\"b\":\"quero um orçamento\"}]}"
            })
    void whatever_else_stands_there_is_blotted_out(String json) {
        assertThat(Redacted.of(json).toString())
                .contains("[redacted]")
                .doesNotContainIgnoringCase("silva")
                .doesNotContain("ANA")
                .doesNotContain("98888")
                .doesNotContain("12.5")
                .doesNotContain("quero");
    }

    @Test
    void a_field_named_like_a_person_is_blotted_out_too() {
        assertThat(Redacted.of("{\"Maria Silva\":1}")).hasToString("{\"[redacted]\":\"[redacted]\"}");
    }

    @Test
    void what_is_no_json_is_one_blot() {
        assertThat(Redacted.of("Maria {")).hasToString("\"[redacted]\"");
        assertThat(Redacted.of((String) null)).isNull();
    }
}
