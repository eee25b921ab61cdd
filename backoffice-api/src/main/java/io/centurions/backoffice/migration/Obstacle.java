package io.centurions.backoffice.migration;

import io.centurions.backoffice.provisioning.Refusal;
import io.vertx.pgclient.PgException;
import java.util.Set;

/**
 * Why a company could not be migrated.
 *
 * @param passing  it was busy: its tables were locked, or its step took too long beside other work
 * @param sqlState PostgreSQL's code
 * @param reason   in words, without values
 */
record Obstacle(boolean passing, String sqlState, String reason) {

    private static final Set<String> BUSY = Set.of("55P03", "57014");

    static Obstacle of(PgException refused, String step) {
        Refusal refusal = Refusal.of(refused);
        return new Obstacle(isBusy(refused) || refusal.isPassing(), refusal.sqlState(), step + ": " + refusal.text());
    }

    /** Whether the database is there and only this company's tables are not free. */
    static boolean isBusy(Throwable cause) {
        return cause instanceof PgException refused && BUSY.contains(String.valueOf(refused.getSqlState()));
    }
}
