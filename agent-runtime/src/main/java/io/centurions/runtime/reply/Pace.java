package io.centurions.runtime.reply;

import java.time.Duration;

/**
 * How long a person would take to type a bubble.
 *
 * @param charsPerSecond typing speed
 * @param shortest       even "ok" takes that long
 * @param longest        nobody waits longer for one bubble
 */
public record Pace(double charsPerSecond, Duration shortest, Duration longest) {

    /** For tests and demonstrations: no waiting that anybody would notice. */
    public static final Pace FAST = new Pace(1_000_000, Duration.ofMillis(50), Duration.ofMillis(50));

    public Pace {
        if (charsPerSecond <= 0 || shortest.isNegative() || shortest.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "a pace needs a speed and a shortest time that is not above the longest");
        }
    }

    Duration of(String bubble) {
        long millis = Math.round(bubble.codePointCount(0, bubble.length()) * 1000.0 / charsPerSecond);
        return Duration.ofMillis(Math.clamp(millis, shortest.toMillis(), longest.toMillis()));
    }
}
