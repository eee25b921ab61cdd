package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettleTest {

    @Test
    void what_is_open_when_patience_ends_breaks_the_promise_whatever_it_is() {
        var stuck = new Settle.Settled(Duration.ofSeconds(120), Map.of("events", 3L));

        assertThat(stuck.judge().holds()).isFalse();
        assertThat(stuck.judge().details()).containsExactly("3 events");
        assertThat(new Settle.Settled(Duration.ofSeconds(20), Map.of()).judge().holds())
                .isTrue();
    }
}
