package io.centurions.chaos.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.wreck.Happened;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void a_roll_tells_how_each_process_ended_and_when_all_served_again() {
        Happened roll = new Happened(
                Duration.ofSeconds(12),
                new Fault.Roll("agent-runtime", List.of("agent-runtime", "agent-runtime-2")),
                NOON,
                NOON.plusSeconds(50),
                Optional.of(Duration.ofSeconds(50)),
                0,
                0,
                List.of(
                        new Ending("agent-runtime", NOON, Duration.ofMillis(1_500), Optional.empty(), true),
                        new Ending(
                                "agent-runtime-2",
                                NOON.plusSeconds(6),
                                Duration.ofSeconds(40),
                                Optional.of(new Ending.Forced(NOON.plusSeconds(46), NOON.plusSeconds(50), 0)),
                                true)));
        var shown = new ByteArrayOutputStream();

        new Timeline(List.of(roll), List.of()).print(new PrintStream(shown, true, StandardCharsets.UTF_8));

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains(
                        "12.0 s  roll agent-runtime, agent-runtime ended after 1.5 s, agent-runtime-2 was forced after"
                                + " 40.0 s, back after 50.0 s");
    }
}
