package io.centurions.evolution.media;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.loops.Places;

/** A bulkhead for files, as {@link Places} shares it out: a company alone has two of four. */
final class MediaPlaces {

    private final Places places;

    /** @param most at least 1; a single place is anybody's */
    MediaPlaces(int most) {
        places = new Places(most);
    }

    /** @return false when there is no place for this company now; after true, {@link #leave} must follow */
    boolean tryEnter(CompanyId company) {
        return places.tryEnter(company);
    }

    void leave(CompanyId company) {
        places.leave(company);
    }
}
