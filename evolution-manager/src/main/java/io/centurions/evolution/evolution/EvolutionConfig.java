package io.centurions.evolution.evolution;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the Evolution server is and how long we wait for it. */
@ConfigMapping(prefix = "evolution")
public interface EvolutionConfig {
    /** Base address of the server. A path is kept, so that a simulator or a proxy may live below one. */
    URI url();

    /** The server's global key: only it may create instances. */
    String apiKey();

    /** How long a send or a look-up may take. A send that is cut off here is unknown, never repeated blindly. A shutdown waits for it. */
    @WithDefault("10s")
    Duration callTimeout();

    /** How long instance calls may take: creating one waits five seconds for its QR code inside the server. */
    @WithDefault("30s")
    Duration instanceTimeout();
}
