package io.centurions.backoffice.company;

import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Caller;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** All companies, for the holding's people. Reads across companies, changes nothing. */
@ApplicationScoped
class CompanyList {

    private final Database database;
    private final Caller caller;
    private final CompanyRepository companies;

    CompanyList(Database database, Caller caller, CompanyRepository companies) {
        this.database = database;
        this.caller = caller;
        this.companies = companies;
    }

    List<CompanyView> page(PageAsk ask, CompanyFilter filter) {
        return database.asReader(caller.person(), tx -> companies.page(tx, ask.after(), filter, ask.fetch()));
    }
}
