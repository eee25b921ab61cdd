package io.centurions.platform.loops;

import io.centurions.contracts.id.CompanyId;
import java.util.HashMap;
import java.util.Map;

/**
 * The places of this replica that companies share: so many at once, and of one company no more than its share. Nobody waits in here.
 * For any thread.
 *
 * <p>Fair: a company gets a further place only while more than twice as many are free as it has, so that one alone holds about a
 * third (two of four), the more slow companies there are, the fewer each has, and the last places go to whoever has none.
 */
public final class Places {

    private final int most;
    private final int ofCompany;
    private final Map<CompanyId, Integer> taken = new HashMap<>();
    private int all;

    /** @param most at least 1; a single place is anybody's */
    public Places(int most) {
        this(most, most);
    }

    /** @param ofCompany what one company never has more of, however many are free */
    public Places(int most, int ofCompany) {
        this.most = most;
        this.ofCompany = ofCompany;
    }

    /** @return false when there is no place for this company now; after true, {@link #leave} must follow */
    public synchronized boolean tryEnter(CompanyId company) {
        int own = taken.getOrDefault(company, 0);
        if (own >= ofCompany || most - all <= 2 * own) {
            return false;
        }
        enter(company);
        return true;
    }

    /** Takes a place that was given elsewhere, as by a claim, whatever is free; {@link #leave} must follow. */
    public synchronized void enter(CompanyId company) {
        taken.merge(company, 1, Integer::sum);
        all++;
    }

    /** Gives a place back. */
    public synchronized void leave(CompanyId company) {
        // Who holds nothing is forgotten: companies come and go for as long as the process lives.
        taken.compute(company, (id, own) -> own == 1 ? null : own - 1);
        all--;
    }

    /** The places taken, of the companies that have any. */
    public synchronized Map<CompanyId, Integer> taken() {
        return Map.copyOf(taken);
    }
}
