package io.centurions.capi.meta;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where Meta is and how we come in. */
@ConfigMapping(prefix = "capi.meta")
public interface MetaConfig {

    /** Base address of the Graph API, without the version. */
    URI graphUrl();

    /** Version of the Graph API in the path; each lives about two years. */
    @WithDefault("v23.0")
    String apiVersion();

    /** The installation's own token, for datasets of companies that brought none. */
    Optional<String> accessToken();

    /**
     * Secret of the app of that token; given, each call proves that we know it. Only needed where the app demands it.
     */
    Optional<String> appSecret();

    /**
     * How long a call may take until its answer is read to the end. After it the outcome is unknown and the call is repeated, which the event id
     * makes safe.
     */
    @WithDefault("5s")
    Duration timeout();
}
