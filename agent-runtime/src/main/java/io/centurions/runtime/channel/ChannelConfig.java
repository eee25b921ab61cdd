package io.centurions.runtime.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** Where providers reach this service. */
@ConfigMapping(prefix = "centurions.webhooks")
interface ChannelConfig {

    /**
     * This service's own address as providers see it; what a bot's webhook is registered under. When it changes, the next start
     * registers them again.
     */
    @WithDefault("http://localhost:8081")
    URI baseUrl();
}
