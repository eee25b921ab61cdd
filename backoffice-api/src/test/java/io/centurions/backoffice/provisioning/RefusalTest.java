package io.centurions.backoffice.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void a_sentence_that_names_objects_is_told_as_it_is() {
        var refusal = Refusal.of(refused("42P07", "relation \"notas\" already exists"));

        assertThat(refusal.sqlState()).isEqualTo("42P07");
        assertThat(refusal.text()).isEqualTo("relation \"notas\" already exists");
        assertThat(refusal).hasToString("SQLSTATE 42P07, relation \"notas\" already exists");
    }

    @Test
    void a_sentence_that_quotes_a_value_is_not_told() {
        var quoted = Refusal.of(refused("22P02", "invalid input syntax for type integer: \"Maria 11988887777\""));
        var written = Refusal.of(refused("P0001", "lead Maria has no phone"));

        assertThat(quoted.text())
                .doesNotContain("Maria")
                .isEqualTo("table deals, column title, constraint deals_check");
        assertThat(written.text()).doesNotContain("Maria");
        assertThat(quoted.sqlState()).isEqualTo("22P02");
    }

    @Test
    void the_details_of_a_violated_key_are_never_told() {
        var refusal = Refusal.of(new PgException(
                "duplicate key value violates unique constraint \"deals_key\"",
                "ERROR",
                "23505",
                "Key (phone)=(119) exists"));

        assertThat(refusal.toString()).contains("deals_key").doesNotContain("119");
    }

    @Test
    void a_deadlock_passes_and_a_missing_privilege_does_not() {
        assertThat(Refusal.of(refused("40P01", "deadlock detected")).isPassing())
                .isTrue();
        assertThat(Refusal.of(refused("42501", "permission denied")).isPassing())
                .isFalse();
    }

    @Test
    void a_long_sentence_is_cut() {
        assertThat(Refusal.of(refused("42601", "x".repeat(5000))).text()).hasSize(300);
    }

    private static PgException refused(String state, String message) {
        return new PgException(
                message,
                "ERROR",
                state,
                "Failing row contains (Maria).",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "deals",
                "title",
                null,
                "deals_check");
    }
}
