package io.centurions.runtime.sweep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon what events left behind is found. Interval and age together are what a lost event costs. */
@ConfigMapping(prefix = "centurions.sweep")
interface SweepConfig {

    /** From one sweep to the next. */
    @WithDefault("10s")
    Duration every();

    /** What is younger is left to its event. Longer than an event takes, were there a queue. */
    @WithDefault("20s")
    Duration age();

    /** What a loop should have claimed long ago. Longer than the pause between two bubbles. */
    @WithDefault("30s")
    Duration overdue();

    /** How long after a form was sent its lead is still written to first. */
    @WithDefault("24h")
    Duration greetWithin();

    /** How long after the signature its lead is still told. */
    @WithDefault("24h")
    Duration tellWithin();
}
