package io.centurions.capi.dispatch;

import java.time.Duration;

/**
 * How long to wait before the next call.
 *
 * @param first   after the first failure
 * @param longest ceiling
 */
record BackOff(Duration first, Duration longest) {

    private static final Duration LEAST_REST = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 20;

    /**
     * Doubles with each attempt, less up to a quarter, so that batches spread; never shorter than Meta asks.
     *
     * @param attempts calls made so far, from 1
     * @param asked    what Meta asked for, zero when it did not
     * @param dice     from 0 to 1
     */
    Duration after(int attempts, Duration asked, double dice) {
        long doubled = first.toMillis() << Math.min(Math.max(attempts - 1, 0), DOUBLINGS_MAX);
        long capped = Math.min(doubled, longest.toMillis());
        Duration wait = Duration.ofMillis(capped - (long) (capped / 4 * dice));
        return wait.compareTo(asked) > 0 ? wait : asked;
    }

    /**
     * After a call that was kept back: what it says, at least a second, more by up to a quarter, so that batches spread.
     *
     * @param said until when the next would be kept back, too
     * @param dice from 0 to 1
     */
    Duration rest(Duration said, double dice) {
        long rest = Math.max(LEAST_REST.toMillis(), Math.min(said.toMillis(), longest.toMillis()));
        return Duration.ofMillis(rest + (long) (rest / 4 * dice));
    }
}
