package io.centurions.bench.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.bench.figure.Samples;
import io.centurions.bench.report.Line;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackboneTest {

    private static final Samples FLOOR = Samples.ofNanos(1_000_000);
    private static final Samples PROMPT = Samples.ofNanos(2_000_000);
    private static final Samples SOON = Samples.ofNanos(30_000_000);

    @Test
    void what_nobody_waits_for_is_told_without_an_aim_and_judges_nothing_else() {
        List<Line> lines = Backbone.lines(List.of(FLOOR), List.of(PROMPT), List.of(SOON));

        assertThat(lines.stream().filter(line -> line.measure().contains("nobody waits for")))
                .hasSize(3)
                .allSatisfy(line -> {
                    assertThat(line.aim()).isNull();
                    assertThat(line.spread().median()).isEqualTo(30);
                });
        assertThat(lines.stream().filter(line -> line.aim() != null))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.met()).isTrue());
    }

    @Test
    void none_of_either_may_be_without_a_consumer() {
        List<Line> lines = Backbone.lines(List.of(FLOOR), List.of(PROMPT), List.of(SOON.withMissing(1)));

        assertThat(lines.getLast().measure()).isEqualTo("events without a consumer");
        assertThat(lines.getLast().met()).isFalse();
    }
}
