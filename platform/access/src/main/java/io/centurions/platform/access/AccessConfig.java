package io.centurions.platform.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How the issuer names those of our services that call others, and how long it is waited for. */
@ConfigMapping(prefix = "centurions.access")
interface AccessConfig {

    /**
     * Where a token says which client it was given to. Issuers differ; a token in which two of these name
     * different clients is nobody's.
     */
    @WithDefault("client_id,azp")
    List<String> clientClaims();

    /** A service's client at the issuer, by the service's own name. Who is not here calls nobody. */
    Map<String, String> clients();

    /** How long a request to an issuer waits for its connection and then for its answer to begin. */
    Duration issuerTimeout();
}
