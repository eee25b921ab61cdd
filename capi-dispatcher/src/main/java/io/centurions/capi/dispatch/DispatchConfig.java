package io.centurions.capi.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How conversions leave for Meta. */
@ConfigMapping(prefix = "capi.dispatch")
public interface DispatchConfig {

    /**
     * Conversions claimed at once, and at most so many per request. Small, because one bad event fails a whole request.
     */
    @WithDefault("100")
    int batchSize();

    /** Companies served at once, each by a call of its own; a slow dataset keeps one of these places. */
    @WithDefault("16")
    int companiesAtOnce();

    /** How often to look for due conversions that no commit of this process has announced. */
    @WithDefault("2s")
    Duration poll();

    /**
     * How long a claim holds. Longer than a batch takes that has to be split, so that two workers rarely send the same.
     */
    @WithDefault("2m")
    Duration lease();

    /** First wait after a passing failure; doubles up to {@link #longestWait()}. */
    @WithDefault("5s")
    Duration firstWait();

    /** Ceiling of the growing wait. How long we try at all is decided by the age of the fact. */
    @WithDefault("15m")
    Duration longestWait();
}
