package io.centurions.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Trouble;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    private static final List<String> KNOWN = List.of("intake", "turns");

    @Test
    void without_names_everything_is_wanted() {
        BenchOptions options = BenchOptions.parse(List.of("--quick"), KNOWN);

        assertThat(options.quick()).isTrue();
        assertThat(options.wants("intake")).isTrue();
        assertThat(options.ports().base()).isEqualTo(BenchOptions.DEFAULT_BASE);
    }

    @Test
    void named_ones_alone_are_wanted() {
        BenchOptions options = BenchOptions.parse(List.of("turns", "--port-base", "31000", "--profile"), KNOWN);

        assertThat(options.wants("turns")).isTrue();
        assertThat(options.wants("intake")).isFalse();
        assertThat(options.ports().base()).isEqualTo(31_000);
        assertThat(options.profiling()).isTrue();
    }

    @Test
    void a_mistyped_name_starts_nothing() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("intak"), KNOWN))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("intake, turns");
    }

    @Test
    void the_script_that_refuses_names_before_it_builds_knows_every_one() {
        String names = Main.ALL.stream().map(Benchmark::name).collect(Collectors.joining(" "));

        assertThat(Path.of("../../fleet")).content().contains("bench) flags=\"" + names + " --quick --profile\"");
    }

    @Test
    void every_measurement_is_repeated_at_least_three_times() {
        assertThat(Pace.WHOLE.repeats()).isGreaterThanOrEqualTo(3);
        assertThat(Pace.QUICK.repeats()).isGreaterThanOrEqualTo(3);
    }
}
