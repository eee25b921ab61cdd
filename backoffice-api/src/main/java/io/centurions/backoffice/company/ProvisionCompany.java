package io.centurions.backoffice.company;

import io.centurions.backoffice.provisioning.Provision;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.Deed;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The making of a company as a person asks for it, who waits for the end and sees the company as it is then.
 */
@ApplicationScoped
class ProvisionCompany {

    private final Database database;
    private final CompanyRepository companies;
    private final Provision provision;
    private final Caller caller;

    ProvisionCompany(Database database, CompanyRepository companies, Provision provision, Caller caller) {
        this.database = database;
        this.companies = companies;
        this.provision = provision;
        this.caller = caller;
    }

    /** In the transaction that makes the company's row. */
    void begin(Tx tx) {
        provision.begin(tx, caller.person());
    }

    /** Goes on from wherever the company is; one that is made already stays as it is. */
    CompanyView provision(CompanyId company) {
        provision.run(company, caller.person());
        CompanyView view = database.asCompany(
                company, tx -> companies.find(tx, company.value()).orElseThrow());
        // The request that makes a company comes by no door, and its repeat may find it archived.
        Deed.CHANGES.check(view.status());
        return view;
    }
}
