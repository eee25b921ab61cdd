package io.centurions.platform.providers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithDefaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How other people's servers are called. */
@ConfigMapping(prefix = "centurions.providers")
public interface ProvidersConfig {

    /** How long opening a connection may take. A call that ends here has certainly not left us. */
    @WithDefault("3s")
    Duration connectLimit();

    /** After which a company's breaker and places are forgotten; the next call makes them anew. */
    @WithDefault("10m")
    Duration forgetAfter();

    /** The service's providers. They show their figures from the start; who is missing here does at the first call. */
    Optional<List<String>> names();

    /** By the provider's name, as {@code centurions.providers.limits.telegram.at-once=128}; who is not named has the defaults. */
    @WithDefaults
    Map<String, Limits> limits();

    /** What one provider may take of this process. */
    interface Limits {

        /**
         * Calls of one company on their way at once: half of what a delivery loop does at once (64), so that a company
         * whose provider hangs leaves the other half to the rest. Who changes one changes the other.
         */
        @WithDefault("32")
        int atOncePerCompany();

        /** Calls of all companies on their way at once: what the process's memory and sockets bear. */
        @WithDefault("512")
        int atOnce();

        /** Calls of one company that may wait for a place; beyond them, or with none allowed, a call is told at once that it is not made. */
        @WithDefault("0")
        int waitingPerCompany();

        /** How long a call waits for a place at most. */
        @WithDefault("0s")
        Duration longestWait();

        /** How many of a company's last calls the breaker looks at, and how many there must be before it judges. */
        @WithDefault("10")
        int window();

        /** Share of failed calls in the window that opens the breaker. */
        @WithDefault("0.5")
        double failureRatio();

        /** How long an open breaker lets nothing through, before it tries one call. */
        @WithDefault("10s")
        Duration rest();
    }
}
