package io.centurions.evolution.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How replies leave. */
@ConfigMapping(prefix = "delivery")
interface DeliveryConfig {
    /** Whether the first bubble of a reply shows typing for as long as a person would notice, or hardly at all (tests, demos). */
    @WithDefault("human")
    Pace pace();

    /** How often PostgreSQL is asked without having been woken. */
    @WithDefault("250ms")
    Duration poll();

    /** Conversations delivered at once by a replica: twice the places of one company, so that one that hangs leaves half to the rest. */
    @WithDefault("64")
    int conversationsAtOnce();

    /**
     * How long a conversation is ours after each claim; also how late after its claim a call may begin. A killed sender costs what it
     * had planned about this long, and a bubble on the wire this long and the call's time-out and five seconds.
     */
    @WithDefault("10s")
    Duration lease();

    /** Waits between look-ups of a message whose call was cut off, while the server may still be storing it. */
    @WithDefault("500ms,1s,2s")
    List<Duration> lookUps();

    /** How long a shutdown waits for calls that are on the wire. */
    @WithDefault("12s")
    Duration grace();

    /** What the first bubble of a reply waits for. The later ones are paced by their rows. */
    enum Pace {
        FAST(Duration.ofMillis(50)),
        HUMAN(Duration.ofMillis(1200));

        private final Duration beforeFirst;

        Pace(Duration beforeFirst) {
            this.beforeFirst = beforeFirst;
        }

        Duration beforeFirst() {
            return beforeFirst;
        }
    }
}
