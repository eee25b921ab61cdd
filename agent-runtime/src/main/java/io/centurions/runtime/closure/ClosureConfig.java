package io.centurions.runtime.closure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How turns are claimed and how long they may take. */
@ConfigMapping(prefix = "centurions.closure")
interface ClosureConfig {

    /** Turns that one replica thinks about at once. Thinking is waiting, so this is a limit on the model's side. */
    @WithDefault("32")
    int atOnce();

    /** How often it looks for due turns without having been woken. */
    @WithDefault("200ms")
    Duration poll();

    /** How long a turn is ours after each of its steps. Must hold two model calls; a crash costs about this long. */
    @WithDefault("90s")
    Duration lease();

    /** How often a draft is dropped for newer words before what was seen is answered. */
    @WithDefault("3")
    int restartsMost();

    /** Messages of the conversation that the model is shown. */
    @WithDefault("30")
    int historyMost();

    /** How long a burst waits for its media to be fetched before it is answered without. */
    @WithDefault("20s")
    Duration mediaPatience();

    /** First wait after the model gave no answer; the waits grow with the age of the burst, half of it each time. */
    @WithDefault("5s")
    Duration firstWait();

    /** Longest wait between two tries. */
    @WithDefault("5m")
    Duration longestWait();

    /** How long a stopping replica waits for turns that are under way. */
    @WithDefault("8s")
    Duration grace();
}
