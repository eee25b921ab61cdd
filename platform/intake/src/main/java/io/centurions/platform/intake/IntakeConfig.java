package io.centurions.platform.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How webhooks reach the database. */
@ConfigMapping(prefix = "centurions.intake")
interface IntakeConfig {

    /** The SQL function that takes a batch and answers {@code {results, events}}. It belongs to the service, so there is no default. */
    String function();

    /** The SQL function that restores a batch and answers {@code {restored, unchanged}}. Its owner may write no outbox. */
    String rebuildFunction();

    /** Whether concurrent webhooks share a statement. Off, each is a statement and a commit of its own: slower, and easier to compare. */
    @WithDefault("true")
    boolean fold();

    /** Folds on their way at once, at most: the second goes when many wait or the first is {@link #slow()}; more would only make them smaller. */
    @WithDefault("2")
    int statements();

    /**
     * How long a fold may be on its way before those who came later no longer wait for it: ten times what one takes at half of the
     * rate that is borne (5 ms), twice what it takes at all of it (23 ms).
     */
    @WithDefault("50ms")
    Duration slow();

    /** Webhooks in a fold at most, so that a refused one is soon found. */
    @WithDefault("64")
    int webhooks();

    /** Items in a fold at most; a webhook with more goes alone. */
    @WithDefault("256")
    int items();
}
