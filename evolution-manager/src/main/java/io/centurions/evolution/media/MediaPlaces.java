package io.centurions.evolution.media;

import io.centurions.contracts.id.CompanyId;
import java.util.HashMap;
import java.util.Map;

/**
 * A bulkhead for files: so many are fetched at once, and half of them at most for one company, so that one whose server hangs leaves
 * the other half to the rest. Nobody waits in here. For any thread.
 */
final class MediaPlaces {

    private final int most;
    private final int mostOfOne;
    private final Map<CompanyId, Integer> taken = new HashMap<>();
    private int takenByAll;

    /** @param most at least 1; a single place is anybody's */
    MediaPlaces(int most) {
        this.most = most;
        this.mostOfOne = Math.max(1, most / 2);
    }

    /** @return false when there is no place for this company now; after true, {@link #leave} must follow */
    synchronized boolean tryEnter(CompanyId company) {
        int own = taken.getOrDefault(company, 0);
        if (takenByAll >= most || own >= mostOfOne) {
            return false;
        }
        taken.put(company, own + 1);
        takenByAll++;
        return true;
    }

    synchronized void leave(CompanyId company) {
        // Who holds nothing is forgotten: companies come and go for as long as the process lives.
        taken.computeIfPresent(company, (id, own) -> own == 1 ? null : own - 1);
        takenByAll--;
    }
}
