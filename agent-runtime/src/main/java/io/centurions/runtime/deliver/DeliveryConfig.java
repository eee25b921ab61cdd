package io.centurions.runtime.deliver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the delivery of Instagram and Telegram works off what was planned. */
@ConfigMapping(prefix = "centurions.delivery")
interface DeliveryConfig {

    /** Conversations that one replica delivers to at once. */
    @WithDefault("64")
    int atOnce();

    /** How often it looks without having been woken. */
    @WithDefault("200ms")
    Duration poll();

    /** How long a conversation is ours after each claim. Must hold a call with its time-out; a crash costs about this long. */
    @WithDefault("30s")
    Duration lease();

    /** After which a send is given up. A send that is given up may have arrived. */
    @WithDefault("10s")
    Duration callTimeout();

    /** How long a stopping replica waits for the calls that are on the wire. */
    @WithDefault("8s")
    Duration grace();
}
