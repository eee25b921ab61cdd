package io.centurions.platform.intake;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** Why the database did not take a statement, in the only terms we act on. */
enum Refusal {

    /** A value that can never be stored. */
    NEVER,

    /** Two transactions waited for each other, and we were chosen to lose: the same again will do. */
    DEADLOCK,

    /**
     * Somebody made, or removed, the row that we looked for; the next look finds it as it is. What is overtaken each time is overtaken by its
     * own words, and those will not change.
     */
    OVERTAKEN,

    /** One row is held by a transaction that does not end: only whoever needs that row has to wait. */
    STUCK,

    /** No database: nothing is wrong with the webhooks. */
    AWAY,

    /** Anything else, most likely a bug. */
    OTHER;

    // Besides class 22, which is about values: a missing or forbidden value, and one that is too large for an index.
    private static final Set<String> NEVER_STATES = Set.of("23502", "23514", "54000");

    static Refusal of(Throwable failure) {
        String state = sqlState(failure);
        if (state.startsWith("22") || NEVER_STATES.contains(state)) {
            return NEVER;
        }
        return switch (state) {
            case "40P01", "40001" -> DEADLOCK;
            case "23505", "P0002" -> OVERTAKEN;
            case "55P03" -> STUCK;
            default -> failure instanceof DatabaseUnavailable ? AWAY : OTHER;
        };
    }

    private static String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused) {
                return String.valueOf(refused.getSqlState());
            }
        }
        return "";
    }
}
