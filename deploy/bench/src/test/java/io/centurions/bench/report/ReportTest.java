package io.centurions.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.bench.figure.Aim;
import io.centurions.bench.machine.Machine;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Machine MACHINE =
            new Machine(2, "A CPU", 1024, "Linux 6", "JDK 25", "none", "PostgreSQL 17.0", 0.8, 2.5, 0.1);

    private static Report report(Line... lines) {
        Section section = new Section("intake", "What it is.", List.of(lines), List.of("A note."));
        return new Report(
                Instant.parse("2026-11-20T10:00:00Z"),
                "./fleet bench intake",
                "abc1234",
                false,
                MACHINE,
                List.of(section));
    }

    @Test
    void a_figure_stands_beside_its_spread_and_its_aim() {
        String markdown = report(Line.of("folded / reference, 64", "", List.of(0.8, 0.6, 0.75))
                        .aiming(Aim.atLeast(0.7)))
                .markdown();

        assertThat(markdown).contains("| folded / reference, 64 | 0.75 | 0.60 … 0.80 (3) | ≥ 0.70 | yes |");
    }

    @Test
    void a_missed_aim_is_not_hidden() {
        String markdown = report(Line.of("p99", "ms", List.of(30.0)).aiming(Aim.below(25)))
                .markdown();

        assertThat(markdown).contains("| p99 | 30.0 ms |  | < 25.0 ms | **no** |");
    }

    @Test
    void a_turn_that_never_came_misses_the_aim_whatever_the_median_says() {
        String markdown = report(Line.of("p99", "ms", List.of(10.0, 11.0, 12.0))
                        .aiming(Aim.below(25))
                        .lacking(2)
                        .lacking(1))
                .markdown();

        assertThat(markdown).contains("| p99 | 11.0 ms | 10.0 … 12.0 (3) | < 25.0 ms | **no**, 3 missing |");
    }

    @Test
    void a_repetition_without_a_figure_misses_the_aim_and_is_told() {
        assertThat(report(Line.of("p99", "ms", List.of(10.0, Double.NaN, 12.0)).aiming(Aim.below(25)))
                        .markdown())
                .contains("| p99 | 11.0 ms | 10.0 … 12.0 (2 of 3) | < 25.0 ms | **no** |");
        assertThat(report(Line.of("p99", "ms", List.of(10.0, 11.0, Double.POSITIVE_INFINITY))
                                .aiming(Aim.below(25)))
                        .markdown())
                .contains("| p99 | 11.0 ms | 10.0 … never (3) | < 25.0 ms | **no** |");
    }

    @Test
    void a_ratio_lacks_what_its_figure_lacks() {
        Line alone = Line.of("alone", "ms", List.of(10.0));

        assertThat(Line.of("beside", "ms", List.of(11.0))
                        .lacking(1)
                        .over("beside / alone", alone)
                        .aiming(Aim.below(2))
                        .met())
                .isFalse();
    }

    @Test
    void the_command_and_the_missed_aims_come_first() {
        Line met = Line.of("p50", "ms", List.of(3.0)).aiming(Aim.below(5));
        Line missed = Line.of("p99", "ms", List.of(30.0)).aiming(Aim.below(25));

        assertThat(report(met).markdown()).contains("`./fleet bench intake`: 1 of 1 aims met. Revision");
        assertThat(report(met, missed, Line.of("worst", "ms", 31)).markdown())
                .contains("`./fleet bench intake`: 1 of 2 aims met, missed: intake: p99. Revision");
    }

    @Test
    void the_machine_and_the_notes_are_told() {
        assertThat(report().markdown())
                .contains(
                        "2 cores, A CPU, 1024 MiB",
                        "JDK 25; pinning: none",
                        "p50 0.80 ms",
                        "- A note.",
                        "Revision abc1234");
    }

    @Test
    void a_program_reads_the_same_figures() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(report(Line.of("p99", "ms", List.of(30.0, 20.0, 40.0)).aiming(Aim.below(25)))
                        .json());

        JsonNode figure = json.at("/benchmarks/0/figures/0");
        assertThat(figure.path("median").asDouble()).isEqualTo(30);
        assertThat(figure.path("runs")).hasSize(3);
        assertThat(figure.path("met").asBoolean(true)).isFalse();
        assertThat(json.at("/machine/cores").asInt()).isEqualTo(2);
    }

    @Test
    void a_number_has_three_figures_that_count() {
        assertThat(List.of(
                        Report.number(1234.4), Report.number(12.34), Report.number(0.123), Report.number(Double.NaN)))
                .containsExactly("1234", "12.3", "0.12", "–");
    }
}
