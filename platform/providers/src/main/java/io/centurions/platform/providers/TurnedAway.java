package io.centurions.platform.providers;

import java.time.Duration;
import java.util.Set;

/**
 * The statuses by which HTTP says that nobody acted on a request, for a reason that may pass: a proxy's sign-in page, a key that is
 * just being renewed, a server that has started and does not know everything yet. What such an answer means when it is the
 * provider's own word on the thing that was asked for, its body says, and its client knows.
 *
 * <p>A redirect is never followed. 301, 302, 307 and 308 name another address for what was asked for, a sign-in page or one that
 * has moved, so whoever answered has left it undone. The other 3xx are no such word, and leave it open: 303 answers a POST that was
 * carried out, and shows where its outcome is.
 *
 * <p>Two services ask this, of three providers (Evolution, Telegram, Instagram). It stands here nevertheless, beside the exchange that
 * it reads, and is no twin: it is HTTP's and nobody's own, and a copy that knows one status less would lose a message that the other keeps.
 */
public final class TurnedAway {

    private static final Set<Integer> UNDONE = Set.of(301, 302, 307, 308, 401, 403, 404, 407, 421, 425);

    private TurnedAway() {}

    /** Whether what was asked for was certainly not done, and may be when it is asked for again. */
    public static boolean by(int status) {
        return UNDONE.contains(status);
    }

    /**
     * The same for an answer without a word of the provider's: whoever finds the request bad with a page of his own has passed nothing on,
     * nor has one who says when to bring it again.
     */
    public static boolean bySomebodyElse(int status, Duration retryAfter) {
        return by(status) || status == 400 || status == 503 && !retryAfter.isZero();
    }
}
