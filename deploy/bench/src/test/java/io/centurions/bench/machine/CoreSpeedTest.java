package io.centurions.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.bench.figure.Spread;
import org.junit.jupiter.api.Test;

class CoreSpeedTest {

    /** A step is six operations of which each waits for the one before: faster than this, the loop was not run. */
    private static final double NO_CORE_IS_FASTER = 2_000;

    @Test
    void every_run_is_measured_and_none_left_out_by_the_compiler() {
        Spread speed = CoreSpeed.measured();

        assertThat(speed.runs()).isEqualTo(11);
        assertThat(speed.least()).isGreaterThan(1);
        assertThat(speed.most()).isLessThan(NO_CORE_IS_FASTER);
    }
}
