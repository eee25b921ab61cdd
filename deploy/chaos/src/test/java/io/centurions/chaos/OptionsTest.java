package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.chaos.plan.Kind;
import io.centurions.local.place.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void all_faults_come_unless_some_are_named() {
        assertThat(Options.parse(List.of()).faults()).containsExactlyInAnyOrder(Kind.values());
        assertThat(Options.parse(List.of("--faults", "flush,kill")).faults())
                .containsExactlyInAnyOrder(Kind.FLUSH, Kind.KILL);
    }

    @Test
    void a_run_is_only_about_the_flush_when_nothing_else_is_named() {
        assertThat(Options.parse(List.of("--faults", "flush")).onlyFlush()).isTrue();
        assertThat(Options.parse(List.of("--faults", "flush,kill")).onlyFlush()).isFalse();
        assertThat(Options.parse(List.of()).onlyFlush()).isFalse();
    }

    @Test
    void a_fault_that_nobody_knows_is_named_with_those_that_are_known() {
        assertThatThrownBy(() -> Options.parse(List.of("--faults", "flush,earthquake")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("earthquake")
                .hasMessageContaining("flush, postgres");
    }
}
