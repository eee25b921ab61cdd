package io.centurions.platform.providers;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accounts that a provider asked us to leave alone, and until when. It holds no more of them than were limited within
 * {@link #LONGEST} of the last {@link #tidy}. Times are those of {@link System#nanoTime}.
 */
final class Rests {

    /** A mad answer about one call must not silence an account for as long; that call itself waits as it was told to. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<Object, Long> ends = new ConcurrentHashMap<>();

    /** The later of two ends holds: the provider said both. */
    void ask(Object account, Duration wait, long now) {
        if (wait.isPositive()) {
            long end = now + (wait.compareTo(LONGEST) < 0 ? wait : LONGEST).toNanos();
            ends.merge(account, end, (known, said) -> said - known > 0 ? said : known);
        }
    }

    /** How long the account is still left alone; zero when it is not. */
    Duration left(Object account, long now) {
        Long end = ends.get(account);
        return end == null || end - now <= 0 ? Duration.ZERO : Duration.ofNanos(end - now);
    }

    /** How many are left alone now. */
    long count(long now) {
        return ends.values().stream().filter(end -> end - now > 0).count();
    }

    /** Forgets those whose time has come. */
    void tidy(long now) {
        ends.values().removeIf(end -> end - now <= 0);
    }

    /** How many are remembered, those whose time has come included. */
    int size() {
        return ends.size();
    }
}
