package io.centurions.backoffice.company;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Claim;
import io.centurions.contracts.Uuid7;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Makes a company's row and, in the same transaction, the process that makes the rest. A request that died
 * after it is finished by {@link ProvisionCompany}, by its own repeat or by a sweep; one that comes again
 * with its key goes on with the same company.
 */
@ApplicationScoped
class CreateCompany {

    private static final String UNIQUE_VIOLATION = "23505";

    private final ReserveCompany reserveCompany;
    private final Database database;
    private final CompanyRepository companies;
    private final ProvisionCompany provisionCompany;
    private final AuditLog audit;

    CreateCompany(
            ReserveCompany reserveCompany,
            Database database,
            CompanyRepository companies,
            ProvisionCompany provisionCompany,
            AuditLog audit) {
        this.reserveCompany = reserveCompany;
        this.database = database;
        this.companies = companies;
        this.provisionCompany = provisionCompany;
        this.audit = audit;
    }

    /** Makes the row, or finds the one that the same request made before. */
    Claim create(NewCompany company, String key) {
        company.check();
        Slug slug = company.chosenSlug();
        try {
            // Its key and its row come together: one that is refused leaves the key free for what is asked better.
            Claim claim = database.asCompany(CompanyId.of(Uuid7.next()), tx -> {
                Claim reserved = reserveCompany.reserve(tx, company, key);
                return reserved.fresh() ? new Claim(reserved.id(), insert(tx, slug, company)) : reserved;
            });
            return claim.fresh() ? claim : again(claim.id(), slug, company);
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw Problem.conflict("slug-taken", "another company has this slug");
            }
            throw e;
        }
    }

    // Made anew where it was undone meanwhile.
    private Claim again(UUID id, Slug slug, NewCompany company) {
        return database.asCompany(CompanyId.of(id), tx -> new Claim(id, insert(tx, slug, company)));
    }

    // False: it is there already.
    private boolean insert(Tx tx, Slug slug, NewCompany company) {
        companies.checkTimeZone(tx, company.timeZone());
        if (!companies.insert(tx, slug, company)) {
            return false;
        }
        provisionCompany.begin(tx);
        var id = tx.company().value();
        audit.write(tx, "company.create", id, null, companies.find(tx, id).orElseThrow());
        return true;
    }
}
