package io.centurions.autentique.autentique;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How Autentique is called. */
@ConfigMapping(prefix = "autentique")
interface AutentiqueConfig {

    /** The GraphQL address, whole. */
    URI url();

    /** The account's API key. Without it every call is answered with "unauthorized" and contracts wait. */
    Optional<String> token();

    /** Documents cost nothing and are worth nothing, and disappear after some days. */
    @WithDefault("false")
    boolean sandbox();

    /** How long one call may take until its answer is read to the end. An upload of a long contract over a slow line fits; a hanging server is let go. */
    @WithDefault("20s")
    Duration callTimeout();
}
