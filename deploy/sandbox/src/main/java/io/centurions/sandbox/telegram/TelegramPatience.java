package io.centurions.sandbox.telegram;

import io.centurions.sandbox.wire.RetryRule;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Retry-After is honoured up to an hour; else the wait doubles from a second up to one or two minutes; a day in all. */
final class TelegramPatience implements RetryRule {

    private static final long LONGEST_RETRY_AFTER_S = 3600;
    /** About a day of waits of a minute and a half. */
    private static final int ATTEMPTS = 960;

    @Override
    public OptionalLong nextWaitMs(int attempts, int status, OptionalLong retryAfter) {
        if (attempts >= ATTEMPTS) {
            return OptionalLong.empty();
        }
        if (retryAfter.isPresent()) {
            return OptionalLong.of(Math.min(retryAfter.getAsLong(), LONGEST_RETRY_AFTER_S) * 1000);
        }
        long longest = ThreadLocalRandom.current().nextLong(60_000, 120_000);
        return OptionalLong.of(Math.min(1_000L << Math.min(attempts - 1, 10), longest));
    }
}
