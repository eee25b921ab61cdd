package io.centurions.autentique.signing;

import java.time.Duration;

/** How long to wait before a step is repeated. */
final class RetryWait {

    private RetryWait() {}

    /**
     * Doubles with each attempt up to the longest, up to a quarter added by chance so that many do not come back at once,
     * and never less than the provider asked for.
     *
     * @param attempts so far, from 1
     * @param chance   from 0 (included) to 1 (excluded)
     */
    static Duration after(int attempts, Duration first, Duration longest, Duration atLeast, double chance) {
        int doublings = Math.min(Math.max(attempts - 1, 0), 20);
        long millis = Math.min(first.toMillis() << doublings, longest.toMillis());
        Duration grown = Duration.ofMillis(millis + (long) (millis / 4.0 * chance));
        return grown.compareTo(atLeast) < 0 ? atLeast : grown;
    }
}
