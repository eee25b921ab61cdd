package io.centurions.evolution.instance;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** How the Evolution server reaches us. */
@ConfigMapping(prefix = "webhook")
interface InstanceConfig {
    /** This service's own address as the server sees it; each instance's address is made from it. */
    URI baseUrl();
}
