package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.judge.Row;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.wreck.Happened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultsMadeTest {

    private static final Fault KILL = new Fault.Kill("agent-runtime");

    @Test
    void all_that_came_and_was_overcome_keeps_the_promise() {
        List<Happened> faults = List.of(
                happened(KILL, Optional.of(Duration.ofSeconds(9))), happened(new Fault.Flush(), Optional.empty()));

        assertThat(FaultsMade.judge(faults, List.of())).hasSize(2).allMatch(Row::holds);
    }

    @Test
    void a_fault_that_did_not_come_breaks_it() {
        assertThat(FaultsMade.judge(List.of(), List.of("kill x could not be made")))
                .extracting(Row::count)
                .containsExactly(1L, 0L);
    }

    @Test
    void a_process_that_did_not_come_back_breaks_it() {
        List<Row> rows = FaultsMade.judge(List.of(happened(KILL, Optional.empty())), List.of());

        assertThat(rows).filteredOn(row -> !row.holds()).singleElement().satisfies(row -> {
            assertThat(row.name()).isEqualTo("processes not back after 90 s");
            assertThat(row.details()).containsExactly("kill agent-runtime at 12.0 s");
        });
    }

    private static Happened happened(Fault fault, Optional<Duration> recovery) {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        return new Happened(Duration.ofSeconds(12), fault, noon, noon.plusSeconds(90), recovery, 0, 0, List.of());
    }
}
