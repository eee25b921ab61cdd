package io.centurions.platform.jobs;

import java.time.Duration;

/** The settings of a replica in a test: it beats quickly, and its lease is as long as the test needs. */
record QuickBeat(Duration lease) implements JobsConfig {

    @Override
    public boolean run() {
        return true;
    }

    @Override
    public Duration beat() {
        return Duration.ofMillis(200);
    }

    @Override
    public Duration grace() {
        return Duration.ofSeconds(2);
    }
}
