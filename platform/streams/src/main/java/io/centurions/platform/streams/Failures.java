package io.centurions.platform.streams;

import java.time.Duration;
import java.time.Instant;

/**
 * How often handling an entry has failed, and since when. Redis keeps it, so that neither a restart nor another replica
 * begins anew: in the entry's delivery count, which is ours to set, is read by nobody else, and goes with the
 * acknowledgement. Its last four digits are the tries; a claim, which Redis counts there by itself, is one too, for it
 * follows a try that was cut, unless the entry was handed over or let go: that takes one away. Before them stands in which second of its age the entry failed first, from 1; an
 * entry that has not failed has nothing there.
 *
 * @param tries that failed, or were cut
 * @param since the beginning of the second of the first one, by our clock
 */
record Failures(long tries, Instant since) {

    /** What the second of the first failure is multiplied with. */
    static final long SECOND = 10_000;

    static Failures of(Entry entry, long deliveries) {
        return new Failures(deliveries % SECOND, entry.enteredAt().plusSeconds(deliveries / SECOND - 1));
    }

    /** In which second of its age an entry is now. */
    static long second(Entry entry, Instant now) {
        return 1 + Math.max(0, Duration.between(entry.enteredAt(), now).toSeconds());
    }
}
