package io.centurions.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final List<String> PROCESSES =
            List.of("backoffice-api", "agent-runtime", "agent-runtime-2", "evolution-manager", "capi-dispatcher");

    @Test
    void the_same_seed_gives_the_same_plan_and_another_one_another() {
        List<Planned> plan = FaultPlan.draw(7, 90, PROCESSES);

        assertThat(FaultPlan.draw(7, 90, PROCESSES)).isEqualTo(plan);
        assertThat(FaultPlan.draw(8, 90, PROCESSES)).isNotEqualTo(plan);
    }

    @Test
    void ninety_seconds_hold_every_kind_of_fault() {
        for (long seed : seeds()) {
            List<Fault> faults = FaultPlan.draw(seed, 90, PROCESSES).stream()
                    .map(Planned::fault)
                    .toList();

            assertThat(faults)
                    .hasAtLeastOneElementOfType(Fault.Kill.class)
                    .hasAtLeastOneElementOfType(Fault.Freeze.class)
                    .hasAtLeastOneElementOfType(Fault.Roll.class)
                    .hasAtLeastOneElementOfType(Fault.KillRedis.class)
                    .hasAtLeastOneElementOfType(Fault.Flush.class)
                    .hasAtLeastOneElementOfType(Fault.BadProvider.class)
                    .contains(new Fault.RestartPostgres(false), new Fault.RestartPostgres(true));
        }
    }

    @Test
    void a_kill_comes_every_fifteen_to_twenty_seconds_until_shortly_before_the_end() {
        List<Duration> kills = FaultPlan.draw(3, 600, PROCESSES).stream()
                .filter(planned -> planned.fault() instanceof Fault.Kill)
                .map(Planned::at)
                .toList();

        assertThat(kills.getLast()).isGreaterThan(Duration.ofSeconds(575)).isLessThan(Duration.ofSeconds(596));
        for (int i = 1; i < kills.size(); i++) {
            assertThat(kills.get(i).minus(kills.get(i - 1)).toMillis()).isBetween(15_000L, 20_000L);
        }
    }

    @Test
    void every_process_is_hit_sooner_or_later() {
        Set<String> killed = new HashSet<>();
        FaultPlan.draw(5, 600, PROCESSES).forEach(planned -> {
            if (planned.fault() instanceof Fault.Kill(String process)) {
                killed.add(process);
            }
        });

        assertThat(killed).containsExactlyInAnyOrderElementsOf(PROCESSES);
    }

    @Test
    void a_frozen_process_is_not_killed_before_it_goes_on() {
        for (long seed : seeds()) {
            List<Planned> plan = FaultPlan.draw(seed, 600, PROCESSES);
            for (Planned freeze : plan) {
                if (freeze.fault() instanceof Fault.Freeze(String process, Duration lasts)) {
                    assertThat(plan)
                            .noneMatch(planned -> planned.fault().equals(new Fault.Kill(process))
                                    && planned.at().compareTo(freeze.at()) >= 0
                                    && planned.at().compareTo(freeze.at().plus(lasts)) <= 0);
                }
            }
        }
    }

    @Test
    void a_freeze_outlasts_every_lease() {
        assertThat(FaultPlan.draw(9, 600, PROCESSES))
                .filteredOn(planned -> planned.fault() instanceof Fault.Freeze)
                .hasSizeGreaterThan(4)
                .allMatch(planned -> ((Fault.Freeze) planned.fault()).lasts().toSeconds() >= 40
                        || planned.at().toSeconds() > 555);
    }

    @Test
    void a_roll_takes_every_process_of_a_gateway_once_in_each_round() {
        for (long seed : seeds()) {
            List<Planned> rolls = rolls(FaultPlan.draw(seed, 192, PROCESSES));

            assertThat(rolls).hasSize(2);
            assertThat(rolls.getFirst().at()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(98));
            assertThat(rolls.getLast().at()).isBetween(Duration.ofSeconds(98), Duration.ofSeconds(188));
            assertThat(rolls)
                    .extracting(Planned::fault)
                    .isSubsetOf(
                            new Fault.Roll("agent-runtime", List.of("agent-runtime", "agent-runtime-2")),
                            new Fault.Roll("evolution-manager", List.of("evolution-manager")));
        }
    }

    @Test
    void both_gateways_are_rolled_in_turn() {
        Map<String, Long> rolled = rolls(FaultPlan.draw(1, 3_612, PROCESSES)).stream()
                .map(planned -> ((Fault.Roll) planned.fault()).service())
                .collect(Collectors.groupingBy(service -> service, Collectors.counting()));

        assertThat(rolled).containsOnlyKeys("agent-runtime", "evolution-manager");
        assertThat(rolled.values()).allMatch(times -> times >= 12);
    }

    @Test
    void a_process_that_stands_still_is_not_asked_to_end() {
        for (long seed : seeds()) {
            List<Planned> plan = FaultPlan.draw(seed, 98, PROCESSES);
            Planned roll = rolls(plan).getFirst();
            for (Planned planned : plan) {
                if (planned.fault() instanceof Fault.Freeze(String process, Duration lasts)
                        && ((Fault.Roll) roll.fault()).processes().contains(process)) {
                    Duration rolled = Duration.ofSeconds(
                            20L * ((Fault.Roll) roll.fault()).processes().size());
                    assertThat(planned.at().compareTo(roll.at().plus(rolled)) > 0
                                    || planned.at().plus(lasts).compareTo(roll.at()) < 0)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void forty_five_seconds_hold_a_flush() {
        for (long seed : seeds()) {
            assertThat(FaultPlan.draw(seed, 45, PROCESSES))
                    .extracting(Planned::fault)
                    .contains(new Fault.Flush());
        }
    }

    @Test
    void every_kind_has_a_name() {
        Set<Kind> kinds = new HashSet<>();

        FaultPlan.draw(2, 90, PROCESSES).forEach(planned -> kinds.add(Kind.of(planned.fault())));

        assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
    }

    private static List<Planned> rolls(List<Planned> plan) {
        return plan.stream()
                .filter(planned -> planned.fault() instanceof Fault.Roll)
                .toList();
    }

    private static List<Long> seeds() {
        return LongStream.rangeClosed(1, 50).boxed().toList();
    }
}
