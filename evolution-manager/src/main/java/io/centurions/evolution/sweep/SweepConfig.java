package io.centurions.evolution.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon what was left behind is found. */
@ConfigMapping(prefix = "sweep")
interface SweepConfig {

    /** From one sweep to the next. */
    @WithDefault("10s")
    Duration every();

    /** What delivery should have claimed long ago. Longer than the pause between two bubbles. */
    @WithDefault("30s")
    Duration overdue();
}
