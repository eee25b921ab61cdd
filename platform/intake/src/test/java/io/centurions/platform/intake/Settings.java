package io.centurions.platform.intake;

import java.time.Duration;

/** The usual configuration, without a container. */
record Settings(String function, boolean fold) implements IntakeConfig {

    @Override
    public String rebuildFunction() {
        return "none";
    }

    @Override
    public int statements() {
        return 2;
    }

    @Override
    public Duration slow() {
        return Duration.ofMillis(50);
    }

    @Override
    public int webhooks() {
        return 64;
    }

    @Override
    public int items() {
        return 256;
    }
}
