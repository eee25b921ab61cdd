package io.centurions.backoffice.security;

import io.vertx.sqlclient.Row;
import java.util.Locale;
import java.util.UUID;

/**
 * Somebody whom our own list of people knows.
 *
 * @param company where; null: among the holding's people
 * @param role    what they may do there
 * @param state   how they stand there
 */
record KnownPerson(UUID company, String role, State state) {

    /** Only an active person has the role. An inactive one is refused. */
    enum State {
        /**
         * An invitation waits for their address; they were never there, so the list knows nothing else of
         * them.
         */
        AWAITED,
        /** Invited again, after they had been there. */
        INVITED,
        ACTIVE,
        INACTIVE
    }

    static KnownPerson of(Row row) {
        return new KnownPerson(
                row.getUUID("company_id"),
                row.getString("role"),
                State.valueOf(row.getString("status").toUpperCase(Locale.ROOT)));
    }

    boolean is(State other) {
        return state == other;
    }
}
