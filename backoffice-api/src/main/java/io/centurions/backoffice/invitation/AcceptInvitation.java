package io.centurions.backoffice.invitation;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the signed-in person the one that an invitation was made for. Once; the same person who repeats it
 * gets the same answer.
 */
@ApplicationScoped
class AcceptInvitation {

    private static final String FIND = "SELECT company_id, id FROM core.find_invitation_v1($1)";

    private static final String OF_COMPANY = "SELECT " + Invited.COLUMNS
            + " FROM core.company_users WHERE company_id = $1 AND id = $2 AND invitation_hash = $3 FOR UPDATE";

    private static final String ACCEPT = """
            UPDATE core.company_users
               SET status = 'active', subject = $3, version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private static final String OF_HOLDING =
            "SELECT " + Invited.COLUMNS + " FROM core.holding_people WHERE id = $1 AND invitation_hash = $2";

    private static final String ACCEPT_AT_HOLDING = "core.accept_holding_invitation_v1($9, $10, $11)";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final Caller caller;
    private final KnownPeople people;
    private final AuditLog audit;
    private final HoldingAudit holdingAudit;

    AcceptInvitation(Database database, Caller caller, KnownPeople people, AuditLog audit, HoldingAudit holdingAudit) {
        this.database = database;
        this.caller = caller;
        this.people = people;
        this.audit = audit;
        this.holdingAudit = holdingAudit;
    }

    Accepted accept(InvitationToken token) {
        String email = caller.verifiedEmail()
                .orElseThrow(() -> Problem.unprocessable(
                        "email-not-verified", "the issuer does not vouch for an e-mail address of yours"));
        var found = database.call(FIND, token.hash()).stream().findFirst().orElseThrow(Invited::unknown);
        UUID company = found.getUUID("company_id");
        UUID id = found.getUUID("id");
        try {
            return company == null ? atHolding(id, token, email) : atCompany(CompanyId.of(company), id, token, email);
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw Problem.conflict("person-exists", "you are here already, under another e-mail address");
            }
            throw e;
        }
    }

    private Accepted atCompany(CompanyId company, UUID id, InvitationToken token, String email) {
        return database.asCompany(company, tx -> {
            Invited invited = tx.first(OF_COMPANY, company.value(), id, token.hash())
                    .map(row -> Invited.of(row, company.value()))
                    .orElseThrow(Invited::unknown);
            if (!invited.acceptedBy(caller.subject())) {
                invited.check(email);
                accept(tx, invited);
            }
            return invited.accepted();
        });
    }

    private void accept(Tx tx, Invited invited) {
        tx.execute(ACCEPT, tx.company().value(), invited.id(), caller.subject());
        audit.write(tx, "person.accept", invited.id(), null, Map.of("role", invited.role(), "status", "active"));
        tx.afterCommit(people::forget);
    }

    private Accepted atHolding(UUID id, InvitationToken token, String email) {
        Invited invited = database.call(OF_HOLDING, id, token.hash()).stream()
                .map(row -> Invited.of(row, null))
                .findFirst()
                .orElseThrow(Invited::unknown);
        if (!invited.acceptedBy(caller.subject())) {
            invited.check(email);
            acceptAtHolding(invited, token);
        }
        return invited.accepted();
    }

    private void acceptAtHolding(Invited invited, InvitationToken token) {
        String ended = holdingAudit.writeIf(
                "person.accept",
                invited.id(),
                Map.of("role", invited.role(), "status", "active"),
                ACCEPT_AT_HOLDING,
                "done",
                List.of(invited.id(), token.hash(), caller.subject()));
        if (!ended.equals("done")) {
            throw Invited.unknown();
        }
        people.forget();
    }
}
