package io.centurions.platform.testkit.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EveryStepTest {

    private static final String SERVER = "toy";

    private final Steps steps = new Steps();
    private int scenes;

    @BeforeEach
    void offer() {
        Cuts.offer(SERVER, steps);
    }

    /** Over as soon as it has begun; lost to who forgets what was cut there. */
    private record Toy(String lostAt) implements EveryStep.Scene {

        @Override
        public boolean settled() {
            return true;
        }

        @Override
        public void judge(String cutAt) {
            assertThat(cutAt).as("nothing is lost").doesNotContain(lostAt);
        }
    }

    @Test
    void each_step_is_cut_before_and_after() {
        EveryStep.cut(() -> toy("store", "send"), Plan.at(SERVER).once("store"));

        assertThat(steps.cuts()).isEqualTo(4);
    }

    @Test
    void a_cut_that_never_came_fails() {
        assertThatThrownBy(() -> EveryStep.cut(
                        () -> scenes++ < 2 ? toy("store", "send") : toy("store"),
                        Plan.at(SERVER).once("store")))
                .hasMessageContaining("not cut")
                .hasMessageContaining("BEFORE toy: send")
                .hasMessageContaining("AFTER toy: send");
    }

    @Test
    void a_named_step_that_the_scene_does_not_take_fails() {
        assertThatThrownBy(
                        () -> EveryStep.cut(() -> toy("store"), Plan.at(SERVER).once("publish")))
                .hasMessageContaining("cuts at publish");
    }

    @Test
    void what_a_cut_left_behind_is_judged() {
        assertThatThrownBy(() -> EveryStep.cut(
                        () -> {
                            toy("store", "send");
                            return new Toy("AFTER toy: send");
                        },
                        Plan.at(SERVER)))
                .hasMessageContaining("nothing is lost");
    }

    private Toy toy(String... takes) {
        for (String step : List.of(takes)) {
            steps.begins(step);
            steps.ends(step, true);
        }
        return new Toy("nowhere");
    }
}
