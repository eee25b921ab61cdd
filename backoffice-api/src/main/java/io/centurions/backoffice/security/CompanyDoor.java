package io.centurions.backoffice.security;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;

/**
 * The way of every request into a company's rows. A company that does not exist and one that is not the
 * caller's look the same: 404.
 */
@ApplicationScoped
public class CompanyDoor {

    private static final String EXISTS = "SELECT 1 FROM core.companies WHERE id = $1";

    private final Caller caller;
    private final Database database;

    CompanyDoor(Caller caller, Database database) {
        this.caller = caller;
        this.database = database;
    }

    /** One transaction as the company; no call to anyone else belongs in it. */
    public <T> T enter(UUID company, Function<Tx, T> work) {
        if (!caller.mayEnter(company)) {
            throw Problem.notFound("company");
        }
        return database.asCompany(CompanyId.of(company), tx -> {
            if (tx.first(EXISTS, company).isEmpty()) {
                throw Problem.notFound("company");
            }
            return work.apply(tx);
        });
    }
}
