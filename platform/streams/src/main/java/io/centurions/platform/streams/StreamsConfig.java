package io.centurions.platform.streams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service reads its streams. */
@ConfigMapping(prefix = "centurions.streams")
interface StreamsConfig {

    /** A consumer that has not touched a pending entry for so long is dead; twice the longest wait between two tries. */
    @WithDefault("60s")
    Duration deadAfter();

    /** How often entries of dead consumers are looked for. */
    @WithDefault("30s")
    Duration claimEvery();
}
