package io.centurions.backoffice.invitation;

import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.security.Caller;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Makes the signed-in person the one that an invitation was made for. Once; the same person who repeats it
 * gets the same answer.
 */
@ApplicationScoped
class AcceptInvitation {

    private static final String FIND = "SELECT company_id, id FROM core.find_invitation_v1($1)";

    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final Caller caller;
    private final AcceptAtCompany atCompany;
    private final AcceptAtHolding atHolding;

    AcceptInvitation(Database database, Caller caller, AcceptAtCompany atCompany, AcceptAtHolding atHolding) {
        this.database = database;
        this.caller = caller;
        this.atCompany = atCompany;
        this.atHolding = atHolding;
    }

    /** @param key of the request; kept where the person comes in */
    Done<Accepted> accept(InvitationToken token, String key) {
        var keyed = new Keyed("person.accept", key, token.value());
        String email = caller.verifiedEmail()
                .orElseThrow(() -> Problem.unprocessable(
                        "email-not-verified", "the issuer does not vouch for an e-mail address of yours"));
        var found = database.call(FIND, token.hash()).stream().findFirst().orElseThrow(Invited::unknown);
        UUID company = found.getUUID("company_id");
        UUID id = found.getUUID("id");
        var brought = new Brought(token, email);
        try {
            return company == null
                    ? atHolding.accept(id, brought, keyed)
                    : atCompany.accept(CompanyId.of(company), id, brought, keyed);
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw Problem.conflict("person-exists", "you are here already, under another e-mail address");
            }
            throw e;
        }
    }

    /** What whoever accepts comes with: the token, and the address that the issuer vouches for. */
    record Brought(InvitationToken token, String email) {}
}
