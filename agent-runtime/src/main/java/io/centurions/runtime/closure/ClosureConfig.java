package io.centurions.runtime.closure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How turns are claimed and how long they may take. */
@ConfigMapping(prefix = "centurions.closure")
interface ClosureConfig {

    /** Turns that one replica thinks about at once. Thinking is waiting; what a model can take is limited where it is called. */
    @WithDefault("2048")
    int atOnce();

    /** How often it looks for deadlines that it does not know of yet. Two descents of an index when nothing is due. */
    @WithDefault("50ms")
    Duration poll();

    /** How long a turn is ours; renewed while it is thought about. A killed replica costs its turns this long. */
    @WithDefault("15s")
    Duration lease();

    /** How long a turn's lease is renewed at most. Longer than all model calls of a turn together: beyond it something hangs. */
    @WithDefault("10m")
    Duration holdMost();

    /** How often a draft is dropped for newer words before what was seen is answered. */
    @WithDefault("3")
    int restartsMost();

    /** Messages of the conversation that the model is shown besides those that it is to answer, or whose answer nobody heard. */
    @WithDefault("30")
    int historyMost();

    /** How long a burst waits for its media to be fetched and understood before it is answered without. */
    @WithDefault("20s")
    Duration mediaPatience();

    /**
     * How long each media is waited for all the same when little or nothing of that is left, and how long it may take to ask about
     * them at least: a talkative lead's burst is as old before its turn begins, and one that lay here while nobody ran is older. But once any
     * media of the burst has been waited for as long as the patience, none is.
     */
    @WithDefault("10s")
    Duration mediaLeast();

    /** First wait after the model gave no answer; the waits grow with the age of the burst, half of it each time. */
    @WithDefault("5s")
    Duration firstWait();

    /** Longest wait between two tries. */
    @WithDefault("5m")
    Duration longestWait();

    /** How long a stopping replica waits for turns that are under way; they are given back before. */
    @WithDefault("3s")
    Duration grace();
}
