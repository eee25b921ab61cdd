package io.centurions.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.channel.InstanceStatusChanged.State;
import io.centurions.contracts.id.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ToldLatelyTest {

    private static final InstanceId INSTANCE = InstanceId.random();

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource time = () -> now;
    private final ToldLately told = new ToldLately(time.withZone(ZoneOffset.UTC));

    @Test
    void the_same_is_told_once_a_minute() {
        assertThat(told.add(INSTANCE, State.ERROR)).isTrue();

        after(Duration.ofSeconds(59));
        assertThat(told.add(INSTANCE, State.ERROR)).isFalse();

        after(Duration.ofSeconds(1));
        assertThat(told.add(INSTANCE, State.ERROR))
                .as("however often it was tried")
                .isTrue();
    }

    @Test
    void what_has_changed_is_told_at_once() {
        told.add(INSTANCE, State.ERROR);

        assertThat(told.add(INSTANCE, State.CONNECTED)).isTrue();
        assertThat(told.add(INSTANCE, State.ERROR)).isTrue();
    }

    @Test
    void one_instance_says_nothing_of_another() {
        told.add(INSTANCE, State.ERROR);

        assertThat(told.add(InstanceId.random(), State.ERROR)).isTrue();
    }

    @Test
    void what_was_not_told_after_all_is_told_at_the_next_try() {
        told.add(INSTANCE, State.ERROR);
        told.forget(INSTANCE);

        assertThat(told.add(INSTANCE, State.ERROR)).isTrue();
    }

    private void after(Duration passed) {
        now = now.plus(passed);
    }
}
