package io.centurions.chaos.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.judge.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    void the_report_counts_promises_and_not_figures() {
        assertThat(new Verdict(List.of(KEPT, BROKEN, FIGURE)).junit(1.5))
                .contains(
                        "<testsuite name=\"chaos\" time=\"1.500\" tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"1\">")
                .contains("&lt;Olá>")
                .doesNotContain("messages written");
    }
}
