package io.centurions.capi;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.doors.Door;
import org.junit.jupiter.api.Test;

class NoDoorsTest {

    @Test
    void nobody_calls_the_dispatcher_so_it_has_no_door_and_checks_no_token() {
        assertThat(Door.all()).isEmpty();
    }
}
