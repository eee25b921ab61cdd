package io.centurions.capi.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.capi.Fixtures;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdentityFieldTest {

    static Stream<JsonNode> documentedVectors() {
        JsonNode cases = Fixtures.meta("documented-normalization-vectors.json").get("cases");
        return StreamSupport.stream(cases.spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("documentedVectors")
    void a_value_is_normalised_and_hashed_as_meta_documents(JsonNode vector) {
        var field = IdentityField.valueOf(vector.get("field").textValue().toUpperCase(Locale.ROOT));
        String input = vector.get("input").textValue();

        assertThat(field.normalise(input)).contains(vector.get("normalized").textValue());
        assertThat(field.hash(input)).contains(vector.get("sha256").textValue());
    }

    @Test
    void nothing_is_hashed_where_nothing_is_left() {
        assertThat(IdentityField.PH.hash("não informado")).isEmpty();
        assertThat(IdentityField.EM.hash("   ")).isEmpty();
        assertThat(IdentityField.FN.hash(null)).isEmpty();
    }

    @Test
    void the_machines_language_changes_no_hash() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(IdentityField.EM.normalise("IRIS@EXEMPLO.COM")).contains("iris@exemplo.com");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_person_is_known_by_first_and_last_name_and_shows_neither() {
        var person = new Person("Ana Lúcia D'Ávila", null, null);

        HashedPerson hashed = HashedPerson.of(person, "user-42");

        assertThat(hashed.fn()).isEqualTo(IdentityField.FN.hash("Ana").stream().toList());
        assertThat(hashed.ln())
                .isEqualTo(IdentityField.LN.hash("D'Ávila").stream().toList());
        assertThat(hashed.ph()).isEmpty();
        assertThat(person.toString()).doesNotContain("Ana");
    }

    @Test
    void a_person_with_one_name_has_no_last_name() {
        HashedPerson hashed = HashedPerson.of(new Person("Maria", "  ", ""), "user-42");

        assertThat(hashed.fn()).hasSize(1);
        assertThat(hashed.ln()).isEmpty();
        assertThat(hashed.em()).isEmpty();
    }
}
