package io.centurions.platform.streams;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service reads its streams. */
@ConfigMapping(prefix = "centurions.streams")
interface StreamsConfig {

    /**
     * A consumer that has not touched a pending entry for so long is dead. The living touch what they hold four times as
     * often.
     */
    @WithDefault("60s")
    Duration deadAfter();

    /** How often entries of dead consumers are looked for, and so how late one that was handed over is taken up. */
    @WithDefault("5s")
    Duration claimEvery();

    /** How often the mark of what is finished is written. What a lost Redis is fed again begins there. */
    @WithDefault("1s")
    Duration markEvery();

    /** A handler that fails is tried at least so long before its event is parked: a deployment or a neighbour may mend it. */
    @WithDefault("5m")
    Duration giveUpAfter();

    /** A version of an event that we do not know waits so long for the deployment that brings it. */
    @WithDefault("1h")
    Duration unknownVersionAfter();

    /** Events that wait in our hands for their next try. More than these are let go and come back by claim. */
    @WithDefault("2000")
    int waitingMax();

    /** A consumer without anything pending that has not read for so long is gone; its name is removed from the group. */
    @WithDefault("1h")
    Duration forgetAfter();
}
