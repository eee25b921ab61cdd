package io.centurions.backoffice.security;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Asks our lists themselves whether the caller still administers the company. Wanted before access is given
 * to somebody: for some seconds a replica remembers a person whom another one has deactivated ({@link
 * KnownPeople}), and whom they let in meanwhile would stay. The holding's people are asked about by the
 * functions that change them.
 */
@ApplicationScoped
public class StillAdministrator {

    private static final String NO_LONGER = """
            SELECT 1 FROM core.company_users
             WHERE NOT $3::boolean AND company_id = $1 AND subject = $2
               AND NOT (role = 'company_admin' AND status = 'active')
             UNION ALL
            SELECT 1 FROM core.holding_people
             WHERE $3::boolean AND subject = $2
               AND NOT (role IN ('super_admin', 'backoffice_admin') AND status = 'active')
            """;

    // Held until the commit: of two who take each other's access at once, the second is asked after the first.
    private static final String ONE_AT_A_TIME =
            "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('administrators ' || $1::text, 0))";

    private final Caller caller;

    StillAdministrator(Caller caller) {
        this.caller = caller;
    }

    /**
     * 403 when it is no longer so. Whom only the issuer knows is in no list, and is what their token says.
     */
    public void check(Tx tx) {
        tx.query(ONE_AT_A_TIME, tx.company().value().toString());
        if (tx.first(NO_LONGER, tx.company().value(), caller.subject(), caller.holding())
                .isPresent()) {
            throw Problem.forbidden("you administer this company no longer");
        }
    }
}
