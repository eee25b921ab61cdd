package io.centurions.platform.intake;

import io.centurions.contracts.id.CompanyId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Companies a row of which was held just now by a transaction that does not end, as one of a frozen process: for a while their webhooks share
 * no statement with others', who would wait for that row with them. For any thread.
 */
final class HeldUp {

    private static final Duration FOR = Duration.ofSeconds(10);

    private final Map<CompanyId, Long> until = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    HeldUp(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** From now on for ten seconds; null is nobody. */
    void add(CompanyId company) {
        if (company != null) {
            until.put(company, nanos.getAsLong() + FOR.toNanos());
        }
    }

    boolean contains(CompanyId company) {
        if (company == null || until.isEmpty()) {
            return false;
        }
        until.values().removeIf(end -> end - nanos.getAsLong() <= 0);
        return until.containsKey(company);
    }
}
