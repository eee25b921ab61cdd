package io.centurions.runtime.greet;

import io.centurions.contracts.id.CompanyId;
import java.util.HashMap;
import java.util.Map;

/**
 * How many greetings think at once. A greeting holds one of the places in which all events of this replica are handled
 * for as long as its model takes: so one company has few of them, and all greetings together no more than half.
 *
 * <p>Fair: a company gets a further place only while more than twice as many are free as it has. So the more slow companies
 * there are, the fewer places each has, and the last ones go to whoever has none. Its twin is evolution-manager's {@code MediaPlaces}.
 */
final class GreetingPlaces {

    static final int OF_A_COMPANY = 8;
    static final int OF_ALL = 32;

    private final Map<CompanyId, Integer> taken = new HashMap<>();
    private int all;

    /** Takes a place, or says at once that there is none. */
    synchronized boolean take(CompanyId company) {
        int ofCompany = taken.getOrDefault(company, 0);
        if (ofCompany == OF_A_COMPANY || OF_ALL - all <= 2 * ofCompany) {
            return false;
        }
        all++;
        taken.put(company, ofCompany + 1);
        return true;
    }

    synchronized void giveBack(CompanyId company) {
        all--;
        taken.computeIfPresent(company, (same, places) -> places == 1 ? null : places - 1);
    }
}
