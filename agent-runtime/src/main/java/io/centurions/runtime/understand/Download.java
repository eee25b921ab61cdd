package io.centurions.runtime.understand;

import io.centurions.platform.providers.Exchange;
import io.centurions.runtime.think.NotNow;
import java.time.Duration;
import java.util.Optional;

/** Tells a file that is gone from one that may still come. Who waits for it, and how long, is the turn's affair. */
public final class Download {

    /** For who does not say when: a trouble of seconds is outlived, and few calls are made of it. */
    static final Duration AGAIN = Duration.ofSeconds(2);

    private static final int GONE = 410;

    private Download() {}

    /**
     * The bytes of the file; empty when no later try can bring them: it is gone.
     *
     * @throws TooLong when it is longer than is kept of it
     * @throws NotNow  when another try may bring them. Any other refusal is one of these, as a new link, a new
     *     token or a copy that catches up mends it; and so is a page in the place of the file
     */
    public static Optional<byte[]> of(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered when answered.bringsMedia() -> Optional.of(answered.body());
            case Exchange.Answered answered when answered.status() == GONE -> Optional.empty();
            case Exchange.Answered answered ->
                throw later("download answered " + answered.status(), answered.retryAfter());
            case Exchange.Lost lost when lost.tooLong() -> throw new TooLong();
            case Exchange.Lost lost -> throw later(lost.reason(), Duration.ZERO);
            // However long our own breaker rests: another replica may have a place before.
            case Exchange.NotSent kept -> throw later(kept.reason(), Duration.ZERO);
        };
    }

    /**
     * It may come by another try.
     *
     * @param why   a code
     * @param asked how long its keeper asked us to wait; zero when it did not
     */
    public static NotNow later(String why, Duration asked) {
        return new NotNow(why, asked.isZero() ? AGAIN : asked);
    }
}
