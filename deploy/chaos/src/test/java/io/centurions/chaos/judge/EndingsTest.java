package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndingsTest {

    @Test
    void a_process_that_had_to_be_forced_breaks_the_promise() {
        Row row = Endings.judge(List.of(
                        new Ending("agent-runtime", Duration.ofSeconds(3), true),
                        new Ending("agent-runtime-2", Duration.ofSeconds(40), false)))
                .getFirst();

        assertThat(row.holds()).isFalse();
        assertThat(row.details())
                .containsExactly("agent-runtime-2 did not end in its grace period, forced after 40.0 s");
    }

    @Test
    void processes_that_ended_by_themselves_keep_it() {
        assertThat(Endings.judge(List.of(new Ending("agent-runtime", Duration.ofSeconds(39), true))))
                .allMatch(Row::holds);
        assertThat(Endings.judge(List.of())).isEmpty();
    }
}
