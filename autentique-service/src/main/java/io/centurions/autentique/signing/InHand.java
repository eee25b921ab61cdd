package io.centurions.autentique.signing;

import io.centurions.contracts.id.CompanyId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many contracts of each company this replica has in hand. Only it can tell: a lease may be that of a replica that
 * died, and holds for minutes.
 */
final class InHand {

    private final Map<CompanyId, Integer> counts = new ConcurrentHashMap<>();

    /** Of the companies that have any; what is put down meanwhile may still be counted. */
    Map<CompanyId, Integer> counts() {
        return Map.copyOf(counts);
    }

    void take(CompanyId company) {
        counts.merge(company, 1, Integer::sum);
    }

    /** Ends one {@link #take}. */
    void putDown(CompanyId company) {
        counts.computeIfPresent(company, (id, count) -> count == 1 ? null : count - 1);
    }
}
