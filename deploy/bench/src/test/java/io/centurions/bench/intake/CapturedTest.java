package io.centurions.bench.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapturedTest {

    private static final String STAMP = "2026-11-20 13:19:58.123 UTC [77] ";

    @Test
    void a_statement_is_found_with_its_parameters_by_a_mark_in_them() {
        List<String> log = List.of(
                STAMP + "LOG:  duration: 0.100 ms  execute <unnamed>: SELECT 1 WHERE $1 = 'x'",
                STAMP + "DETAIL:  Parameters: $1 = 'nothing'",
                STAMP + "LOG:  duration: 0.020 ms  bind s1: SELECT core.f($1::text::jsonb,",
                "\t       $2)",
                STAMP + "DETAIL:  Parameters: $1 = 'bound, with the MARK', $2 = NULL",
                STAMP + "LOG:  duration: 1.000 ms  execute s1: SELECT core.f($1::text::jsonb,",
                "\t       $2)",
                STAMP + "DETAIL:  Parameters: $1 = '{\"a\": \"it''s MARK\"}', $2 = NULL");

        Captured found = Captured.find(log, "MARK").orElseThrow();

        assertThat(found.sql()).isEqualTo("SELECT core.f($1::text::jsonb,\n       $2)");
        assertThat(found.parameters()).containsExactly("{\"a\": \"it's MARK\"}", null);
    }

    @Test
    void nothing_is_found_where_nothing_is_marked() {
        assertThat(Captured.find(List.of(STAMP + "LOG:  checkpoint starting: time"), "MARK"))
                .isEmpty();
    }

    @Test
    void what_differs_from_message_to_message_becomes_a_variable_everywhere() {
        Captured captured = new Captured(
                "SELECT core.f($1::text::jsonb, $2)",
                java.util.Arrays.asList(
                        "{\"id\":\"3EBMARK\",\"at\":\"10:20\",\"in\":\"bench-100\",\"again\":\"3EBMARK\"}", null));
        List<Reference.Variable> variables =
                List.of(new Reference.Variable("id", "", "MARK"), new Reference.Variable("i", "bench-10", "0"));

        Reference reference = Reference.of(captured, variables);

        assertThat(reference.script(2000, 8, 100))
                .contains("\\set lead random(100, 2099)\n", "\\set i (:lead - 100) % 8\n")
                .contains("SELECT core.f((E'{\"id\"\\x3A\"3EB' || :id::text ||"
                        + " E'\",\"at\"\\x3A\"10\\x3A20\",\"in\"\\x3A\"bench-10' || :i::text ||"
                        + " E'\",\"again\"\\x3A\"3EB' || :id::text || E'\"}')::text::jsonb, NULL);");
        assertThat(reference.jdbcOrder()).containsExactly("id", "i", "id");
        assertThat(reference.jdbc()).contains("|| ?::text ||").doesNotContain(":id");
    }

    @Test
    void a_literal_escapes_what_postgresql_or_pgbench_would_read() {
        assertThat(Reference.literal("a\\b 'c' 1:2\n?")).isEqualTo("E'a\\\\b ''c'' 1\\x3A2\\n\\x3F'");
    }

    @Test
    void a_ratio_compares_runs_of_the_same_round() {
        assertThat(Intake.ratios(List.of(50.0, 30.0), List.of(100.0, 40.0))).containsExactly(0.5, 0.75);
    }
}
