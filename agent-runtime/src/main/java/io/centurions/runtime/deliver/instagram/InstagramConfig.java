package io.centurions.runtime.deliver.instagram;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;

/** How we talk with Instagram. */
@ConfigMapping(prefix = "centurions.instagram")
public interface InstagramConfig {

    /** {@code graph.instagram.com} for tokens of an Instagram login, {@code graph.facebook.com} for tokens of a page. */
    @WithDefault("https://graph.instagram.com")
    URI graphUrl();

    /** The Graph version; Meta keeps one for about two years. */
    @WithName("graph-version")
    @WithDefault("v23.0")
    String version();

    /** After which a call is given up. A send that is given up may have arrived; its echo tells. */
    @WithDefault("10s")
    Duration callTimeout();
}
