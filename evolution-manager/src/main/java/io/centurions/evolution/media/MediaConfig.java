package io.centurions.evolution.media;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the files of messages are fetched. */
@ConfigMapping(prefix = "media")
interface MediaConfig {
    /**
     * Files fetched at once by a replica, of which one company has two of four at most
     * ({@link io.centurions.platform.loops.Places}). Each is in memory whole, twice while it is decoded.
     */
    @WithDefault("4")
    int fetchedAtOnce();

    /** How long the replica that stored a message tries for its file, before any replica's sweep takes it for left behind. */
    @WithDefault("20s")
    Duration leftBehindAfter();

    /** How long a file is tried for; then its message goes on without it. */
    @WithDefault("1h")
    Duration giveUpAfter();

    /** The largest file that is kept. */
    @WithDefault("33554432")
    int bytesMax();
}
