package io.centurions.backoffice.invitation;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Makes somebody a person of a company, in one transaction with the trace. That changes the company, so nobody
 * becomes one of an archived company. Whoever accepts is none of its people yet and comes by no door.
 */
@ApplicationScoped
class AcceptAtCompany {

    private static final String INVITED = "SELECT " + Invited.COLUMNS
            + " FROM core.company_users WHERE company_id = $1 AND id = $2 AND invitation_hash = $3 FOR UPDATE";

    private static final String ACCEPT = """
            UPDATE core.company_users
               SET status = 'active', subject = $3, version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private static final String STATUS = "SELECT status FROM core.companies WHERE id = $1";

    private final Database database;
    private final Once once;
    private final Caller caller;
    private final KnownPeople people;
    private final AuditLog audit;

    AcceptAtCompany(Database database, Once once, Caller caller, KnownPeople people, AuditLog audit) {
        this.database = database;
        this.once = once;
        this.caller = caller;
        this.people = people;
        this.audit = audit;
    }

    Done<Accepted> accept(CompanyId company, UUID id, AcceptInvitation.Brought brought, Keyed keyed) {
        return database.asCompany(company, tx -> {
            boolean fresh = once.claim(tx, keyed).fresh();
            Invited invited = tx.first(
                            INVITED, company.value(), id, brought.token().hash())
                    .map(row -> Invited.of(row, company.value()))
                    .orElseThrow(Invited::unknown);
            if (!invited.acceptedBy(caller.subject())) {
                invited.check(brought.email());
                checkCompany(tx);
                accept(tx, invited);
            }
            return new Done<>(invited.accepted(), fresh);
        });
    }

    // After all that is asked of the invited: whoever it was not made for hears nothing about the company.
    private static void checkCompany(Tx tx) {
        var company = tx.first(STATUS, tx.company().value()).orElseThrow();
        Deed.CHANGES.check(company.getString("status"));
    }

    private void accept(Tx tx, Invited invited) {
        tx.execute(ACCEPT, tx.company().value(), invited.id(), caller.subject());
        audit.write(tx, "person.accept", invited.id(), null, Map.of("role", invited.role(), "status", "active"));
        tx.afterCommit(people::forget);
    }
}
