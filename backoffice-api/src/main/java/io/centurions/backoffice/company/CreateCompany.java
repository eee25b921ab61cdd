package io.centurions.backoffice.company;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Claim;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

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
        company.checkTimeZone();
        Slug slug = company.chosenSlug();
        Claim claim = reserveCompany.reserve(company, key);
        try {
            return database.asCompany(CompanyId.of(claim.id()), tx -> new Claim(claim.id(), insert(tx, slug, company)));
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw Problem.conflict("slug-taken", "another company has this slug");
            }
            throw e;
        }
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
