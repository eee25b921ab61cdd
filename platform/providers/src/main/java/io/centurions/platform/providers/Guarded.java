package io.centurions.platform.providers;

import java.time.Duration;

/** Whether a guarded call was made. */
public sealed interface Guarded<T> {

    /** It was, and this is what it gave. */
    record Done<T>(T value) implements Guarded<T> {}

    /**
     * It was not: the breaker is open, the account is limited, or there is no place.
     *
     * @param reason a code
     * @param after  how long to wait at least
     */
    record Held<T>(String reason, Duration after) implements Guarded<T> {}
}
