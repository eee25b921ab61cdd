package io.centurions.evolution.media;

import io.centurions.contracts.id.CompanyId;
import java.util.HashMap;
import java.util.Map;

/**
 * A bulkhead for files: so many are fetched at once. Nobody waits in here. For any thread.
 *
 * <p>Fair: a company gets a further place only while more than twice as many are free as it has, so that one alone holds about a third
 * (two of four), the more slow companies there are, the fewer each has, and the last places go to whoever has none. The same rule as of
 * its twin, agent-runtime's {@code GreetingPlaces}.
 */
final class MediaPlaces {

    private final int most;
    private final Map<CompanyId, Integer> taken = new HashMap<>();
    private int takenByAll;

    /** @param most at least 1; a single place is anybody's */
    MediaPlaces(int most) {
        this.most = most;
    }

    /** @return false when there is no place for this company now; after true, {@link #leave} must follow */
    synchronized boolean tryEnter(CompanyId company) {
        int own = taken.getOrDefault(company, 0);
        if (most - takenByAll <= 2 * own) {
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
