package io.centurions.backoffice.company;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.iso.IsoCodes;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.security.Deed;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Changes what people say of a company: its name, time zone, language and, before the first deal,
 * its currency.
 */
@ApplicationScoped
class ChangeCompany {

    private final CompanyRepository companies;
    private final AuditLog audit;

    ChangeCompany(CompanyRepository companies, AuditLog audit) {
        this.companies = companies;
        this.audit = audit;
    }

    CompanyView change(Tx tx, IfMatch version, CompanyChange change) {
        CompanyChange.checkTimeZone(change.timeZone());
        var before = companies.findForUpdate(tx).orElseThrow(() -> Problem.notFound("company"));
        version.check(before.version());
        // Again, now that nobody else can archive it: the door looked without a lock.
        Deed.CHANGES.check(before.status());
        // What stays may be what countries have given up meanwhile.
        if (!before.locale().equals(change.locale())) {
            IsoCodes.checkLocale(change.locale());
        }
        if (!before.currency().equals(change.currency())) {
            IsoCodes.checkCurrency(change.currency());
            if (companies.hasDeals(tx)) {
                throw Problem.conflict("currency-in-use", "there are deals in " + before.currency());
            }
        }
        companies.checkTimeZone(tx, change.timeZone());
        companies.change(tx, change);
        var after = companies.find(tx, before.id()).orElseThrow();
        audit.write(tx, "company.change", before.id(), before, after);
        return after;
    }
}
