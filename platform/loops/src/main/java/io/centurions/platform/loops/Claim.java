package io.centurions.platform.loops;

import java.time.Duration;
import java.util.List;

/**
 * What one look for work brought.
 *
 * @param pieces what is ours now, at most as many as were asked for
 * @param next   when looking again is worth while; null when only a wake or the poll can tell
 */
public record Claim<T>(List<T> pieces, Duration next) {

    public Claim {
        pieces = List.copyOf(pieces);
    }

    /** Pieces, and no idea of when there will be more. */
    public static <T> Claim<T> of(List<T> pieces) {
        return new Claim<>(pieces, null);
    }

    /** Pieces, and more of them at once. */
    public static <T> Claim<T> andMore(List<T> pieces) {
        return new Claim<>(pieces, Duration.ZERO);
    }
}
