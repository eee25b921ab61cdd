package io.centurions.chaos.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.judge.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {

    private static final Row KEPT = new Row("bubbles twice", 0, true, List.of());
    private static final Row BROKEN = new Row("bubbles missing", 1, true, List.of("chat \"<Olá>\""));
    private static final Row FIGURE = Row.figure("messages written", 42);

    @Test
    void one_broken_promise_breaks_the_verdict_and_figures_break_none() {
        assertThat(new Verdict(List.of(KEPT, FIGURE)).holds()).isTrue();
        assertThat(new Verdict(List.of(KEPT, BROKEN, FIGURE)).holds()).isFalse();
    }

    @Test
    void a_broken_row_is_shown_with_its_cases() {
        var shown = new ByteArrayOutputStream();

        new Verdict(List.of(KEPT, BROKEN, FIGURE)).print(new PrintStream(shown, true, StandardCharsets.UTF_8));

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("bubbles twice           0  ok", "bubbles missing         1  BROKEN", "chat \"<Olá>\"");
    }

    @Test
    void unknown_bubbles_are_all_listed_or_all_in_a_file(@TempDir Path folder) throws IOException {
        assertThat(shown(unknown(60))).contains("bubble 59;").doesNotContain("unknowns.txt");
        assertThat(shown(unknown(61)))
                .contains("bubble 39;", "and 21 more: all of them are in unknowns.txt beside chaos.json")
                .doesNotContain("bubble 40;");

        new Verdict(List.of(KEPT, unknown(61))).write(folder.resolve("chaos.json"), Map.of());

        assertThat(folder.resolve("unknowns.txt")).exists();
        assertThat(Files.readAllLines(folder.resolve("unknowns.txt")))
                .hasSize(61)
                .contains("bubble 60;");
    }

    private static Row unknown(int count) {
        return Row.bounded(
                "bubbles unknown",
                count,
                100,
                IntStream.range(0, count).mapToObj(i -> "bubble " + i + ";").toList());
    }

    private static String shown(Row row) {
        var shown = new ByteArrayOutputStream();
        new Verdict(List.of(row)).print(new PrintStream(shown, true, StandardCharsets.UTF_8));
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_report_counts_promises_and_not_figures() {
        assertThat(new Verdict(List.of(KEPT, BROKEN, FIGURE)).junit(1.5))
                .contains(
                        "<testsuite name=\"chaos\" time=\"1.500\" tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"1\">")
                .contains("&lt;Olá>")
                .doesNotContain("messages written");
    }
}
