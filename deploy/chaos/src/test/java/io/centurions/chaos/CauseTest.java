package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.judge.Disturbance;
import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.wreck.Happened;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CauseTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void whoever_is_killed_may_leave_calls_of_its_channels_in_doubt_and_who_is_asked_to_end_none() {
        Happened kill = happened(new Fault.Kill("evolution-manager-2"), 12, List.of());
        Happened roll = happened(roll("evolution-manager"), 20, List.of(ended("evolution-manager", Optional.empty())));

        assertThat(Cause.all(List.of(kill, roll), START))
                .containsExactly(
                        new Disturbance("kill evolution-manager-2 at 12.0 s", Set.of("whatsapp"), at(12), at(102)),
                        new Disturbance("roll evolution-manager at 20.0 s", Set.of(), at(20), at(110)));
    }

    @Test
    void one_that_was_asked_to_end_and_had_to_be_forced_was_killed_then_until_its_successor_served() {
        Ending willing = ended("agent-runtime", Optional.empty());
        Ending deaf = ended(
                "agent-runtime-2",
                Optional.of(new Ending.Forced(START.plusMillis(583_100), START.plusSeconds(590), 3)));

        List<Disturbance> causes =
                Cause.all(List.of(happened(roll("agent-runtime"), 530, List.of(willing, deaf))), START);

        assertThat(causes)
                .containsExactly(
                        new Disturbance("roll agent-runtime at 530.0 s", Set.of(), at(530), at(620)),
                        new Disturbance(
                                "agent-runtime-2 forced at 583.1 s",
                                Set.of("instagram", "telegram"),
                                START.plusMillis(583_100),
                                START.plusSeconds(590)));
    }

    private static Fault roll(String service) {
        return new Fault.Roll(service, List.of(service, service + "-2"));
    }

    private static Ending ended(String process, Optional<Ending.Forced> forced) {
        return new Ending(process, START, Duration.ofSeconds(40), forced, true);
    }

    private static Happened happened(Fault fault, int second, List<Ending> endings) {
        Optional<Duration> back = Optional.of(Duration.ofSeconds(90));
        return new Happened(Duration.ofSeconds(second), fault, at(second), at(second + 90), back, 0, 0, endings);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
