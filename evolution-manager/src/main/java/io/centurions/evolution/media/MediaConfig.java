package io.centurions.evolution.media;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the files of messages are fetched. */
@ConfigMapping(prefix = "media")
interface MediaConfig {
    /**
     * Files fetched at once by a replica, of which one company has two of four at most
     * ({@link io.centurions.platform.loops.Places}), as far as memory allows ({@link FileMemory}).
     */
    @WithDefault("4")
    int fetchedAtOnce();

    /** How long the replica that stored a message tries for its file, before any replica's sweep takes it for left behind. */
    @WithDefault("20s")
    Duration leftBehindAfter();

    /** How long a file is tried for; then its message goes on without it. */
    @WithDefault("1h")
    Duration giveUpAfter();

    /**
     * The largest file that is kept: 16 MiB, which is WhatsApp's own limit for pictures, audio and video. A document may be larger there;
     * such a one ends as too_large and is not downloaded. Two of the largest at once fit into what files may take of a heap of 192 MiB
     * ({@link FileMemory}); whoever wants larger ones gives the service a heap of twelve times as much.
     */
    @WithDefault("16777216")
    int bytesMax();
}
