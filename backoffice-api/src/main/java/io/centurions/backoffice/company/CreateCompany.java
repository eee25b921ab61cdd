package io.centurions.backoffice.company;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Claim;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.Caller;
import io.centurions.contracts.Uuid7;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Makes a company. First its row, committed; its schema follows by {@link ProvisionCompany}, which can be repeated. A
 * request that died in between and comes again with its key goes on with the same company.
 */
@ApplicationScoped
class CreateCompany {

    private static final String RESERVE =
            "SELECT company_id, first, same_request FROM core.reserve_company_v1($1, $2, $3, $4)";
    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;
    private final CompanyRepository companies;
    private final AuditLog audit;
    private final Once once;
    private final Caller caller;

    CreateCompany(Database database, CompanyRepository companies, AuditLog audit, Once once, Caller caller) {
        this.database = database;
        this.companies = companies;
        this.audit = audit;
        this.once = once;
        this.caller = caller;
    }

    /** Makes the row, or finds the one that the same request made before. */
    Claim create(NewCompany company, String key) {
        company.checkTimeZone();
        Slug slug = company.chosenSlug();
        Claim claim = reserve(company, key);
        try {
            return database.asCompany(CompanyId.of(claim.id()), tx -> {
                if (!companies.insert(tx, slug, company)) {
                    return new Claim(claim.id(), false);
                }
                audit.write(
                        tx,
                        "company.create",
                        claim.id(),
                        null,
                        companies.find(tx, claim.id()).orElseThrow());
                return new Claim(claim.id(), true);
            });
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw Problem.conflict("slug-taken", "another company has this slug");
            }
            throw e;
        }
    }

    // No company owns the key yet, so it is kept under the person who sent it.
    private Claim reserve(NewCompany company, String key) {
        UUID fresh = Uuid7.next();
        if (key == null || key.isBlank()) {
            return new Claim(fresh, true);
        }
        Once.checkLength(key);
        var kept = database.call(RESERVE, caller.person().subject(), key, Buffer.buffer(once.hash(company)), fresh)
                .getFirst();
        if (!kept.getBoolean("same_request")) {
            throw Once.reused();
        }
        return new Claim(kept.getUUID("company_id"), kept.getBoolean("first"));
    }
}
