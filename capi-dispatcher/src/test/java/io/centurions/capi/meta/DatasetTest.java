package io.centurions.capi.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.capi.Fixtures;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private static final JsonNode VECTOR = Fixtures.meta("_appsecret-proof-vector.json");

    @Test
    void the_proof_is_the_one_that_meta_computes() {
        var dataset = new Dataset(
                "d-1",
                VECTOR.get("access_token").textValue(),
                VECTOR.get("app_secret").textValue(),
                null);

        assertThat(dataset.proof()).isEqualTo(VECTOR.get("appsecret_proof").textValue());
    }

    @Test
    void without_a_secret_nothing_is_proved_and_nothing_secret_is_shown() {
        var dataset = new Dataset("d-1", "EAAG-token", null, null);

        assertThat(dataset.proof()).isNull();
        assertThat(dataset.toString()).doesNotContain("EAAG");
    }
}
