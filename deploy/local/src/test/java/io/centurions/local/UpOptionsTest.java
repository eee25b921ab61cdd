package io.centurions.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpOptionsTest {

    @Test
    void nothing_asked_stays_with_the_logs_at_a_human_pace() {
        assertThat(UpOptions.parse(List.of())).isEqualTo(new UpOptions(false, Optional.empty(), true, 1, false));
    }

    @Test
    void every_option_is_understood() {
        var options = UpOptions.parse(
                List.of("--detach", "--port-base", "21080", "--pace", "fast", "--replicas", "3", "--mix"));

        assertThat(options).isEqualTo(new UpOptions(true, Optional.of(new Ports(21_080)), false, 3, true));
    }

    @Test
    void what_is_not_understood_is_named() {
        assertThatThrownBy(() -> UpOptions.parse(List.of("--detached")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("--detached");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--port-base")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("needs a value");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--replicas", "6")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("from 1 to 5");
        assertThatThrownBy(() -> UpOptions.parse(List.of("--port-base", "80")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("between");
    }
}
