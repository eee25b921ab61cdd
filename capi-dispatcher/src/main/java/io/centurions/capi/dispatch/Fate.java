package io.centurions.capi.dispatch;

import io.centurions.capi.ledger.HeldConversion;
import java.time.Duration;
import java.time.Instant;

/** Whether a conversion may still be sent. */
enum Fate {
    SEND,
    /** Meta takes no fact older than seven days. */
    EXPIRED,
    /** It may have been stored, and Meta has nearly forgotten its id: a repeat might count twice. */
    IN_DOUBT;

    static final Duration OLDEST_FACT = Duration.ofDays(7);

    /** One hour less than Meta remembers ids for. */
    static final Duration LONGEST_DOUBT = Duration.ofHours(47);

    static Fate of(HeldConversion held) {
        if (held.unknownSince() != null && longer(held.unknownSince(), held.readAt(), LONGEST_DOUBT)) {
            return IN_DOUBT;
        }
        return longer(held.conversion().factAt(), held.readAt(), OLDEST_FACT) ? EXPIRED : SEND;
    }

    private static boolean longer(Instant since, Instant now, Duration limit) {
        return Duration.between(since, now).compareTo(limit) > 0;
    }
}
