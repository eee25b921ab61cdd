package io.centurions.backoffice.locking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.centurions.platform.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", " \"3\" ", "\"2\", \"3\"", "*", "W/\"x\", \"3\""})
    void a_header_that_names_the_version_lets_the_change_pass(String header) {
        assertThatCode(() -> IfMatch.of(header).check(3)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"2\", \"4\"", "W/\"3\""})
    void another_version_is_stale(String header) {
        Problem refused = refusal(() -> IfMatch.of(header).check(3));

        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.code()).isEqualTo("version-stale");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void a_change_without_a_version_is_asked_for_one(String header) {
        Problem refused = refusal(() -> IfMatch.of(header));

        assertThat(refused.status()).isEqualTo(428);
        assertThat(refused.code()).isEqualTo("precondition-required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"x\"", "\"3\";", "\"\"", "\"99999999999\""})
    void what_is_no_version_is_told(String header) {
        Problem refused = refusal(() -> IfMatch.of(header));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("if-match-invalid");
    }

    @Test
    void an_older_endpoint_goes_on_without_a_version_and_still_refuses_a_stale_one() {
        assertThatCode(() -> IfMatch.optional(null).check(7)).doesNotThrowAnyException();
        assertThat(refusal(() -> IfMatch.optional("\"6\"").check(7)).status()).isEqualTo(412);
    }

    @Test
    void the_tag_that_is_answered_is_the_one_that_is_understood() {
        assertThatCode(() -> IfMatch.of(Tagged.tag(12)).check(12)).doesNotThrowAnyException();
    }

    private static Problem refusal(Runnable act) {
        return catchThrowableOfType(Problem.class, act::run);
    }
}
