package io.centurions.evolution.instance;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** How the Evolution server reaches us. */
@ConfigMapping(prefix = "webhook")
interface InstanceConfig {
    /**
     * This service's own address as the server sees it. Each instance's address is made from it; when it changes, the next start
     * registers them again.
     */
    URI baseUrl();
}
