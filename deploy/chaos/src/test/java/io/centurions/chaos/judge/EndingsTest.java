package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingsTest {

    private static final Instant NOON = Scene.NOON;

    @Test
    void a_process_that_had_to_be_forced_breaks_the_promise() {
        Row row = Endings.judge(List.of(
                        ended("agent-runtime", 3, Optional.empty()),
                        ended(
                                "agent-runtime-2",
                                40,
                                Optional.of(new Ending.Forced(NOON.plusSeconds(40), NOON.plusSeconds(49), 2)))))
                .getFirst();

        assertThat(row.holds()).isFalse();
        assertThat(row.details())
                .containsExactly("agent-runtime-2 did not end in its grace period, forced after 40.0 s");
    }

    @Test
    void processes_that_ended_by_themselves_keep_it() {
        assertThat(Endings.judge(List.of(ended("agent-runtime", 39, Optional.empty()))))
                .allMatch(Row::holds);
        assertThat(Endings.judge(List.of())).isEmpty();
    }

    private static Ending ended(String process, int seconds, Optional<Ending.Forced> forced) {
        return new Ending(process, NOON, Duration.ofSeconds(seconds), forced, true);
    }
}
