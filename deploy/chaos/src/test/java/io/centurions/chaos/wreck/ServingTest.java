package io.centurions.chaos.wreck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ServingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void one_that_is_down_just_then_is_waited_for() {
        long pid = Serving.pid(
                "x", LONG, () -> looks.incrementAndGet() < 3 ? Optional.of("starts") : Optional.empty(), () -> 42);

        assertThat(pid).isEqualTo(42);
        assertThat(looks).hasValue(3);
    }

    @Test
    void one_that_dies_between_the_look_and_the_hit_is_waited_for_again() {
        long pid = Serving.pid("x", LONG, Optional::empty, () -> {
            if (looks.incrementAndGet() < 3) {
                throw new Trouble("x does not run");
            }
            return 42;
        });

        assertThat(pid).isEqualTo(42);
    }

    @Test
    void one_that_does_not_come_back_is_a_fault_that_cannot_be_made() {
        assertThatThrownBy(() -> Serving.pid(
                        "x",
                        Duration.ofMillis(300),
                        () -> {
                            throw new Trouble("going down");
                        },
                        () -> 42))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("x did not serve");
    }
}
