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

    /**
     * How long a conversation is ours after each claim; also how late after its claim a call may begin. A killed sender costs what it
     * had planned about this long, and a bubble on the wire this long and {@link #callTimeout()} and five seconds.
     */
    @WithDefault("10s")
    Duration lease();

    /** After which a send is given up. A send that is given up may have arrived. */
    @WithDefault("10s")
    Duration callTimeout();

    /** How long a call without an answer waits for the provider's echo, where it sends one, before it is called unknown. */
    @WithDefault("3s")
    Duration echoPatience();

    /** How long a stopping replica waits for the calls that are on the wire. */
    @WithDefault("11s")
    Duration grace();
}
