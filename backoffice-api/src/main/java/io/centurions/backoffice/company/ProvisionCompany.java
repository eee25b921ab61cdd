package io.centurions.backoffice.company;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Makes a company's schema and then the company active.
 *
 * <pre>
 * provisioning ──schema made──▶ active
 *      │  ▲                        ▲
 *   refused                        │
 *      ▼                           │
 *    failed ──────repeated─────────┘
 * </pre>
 *
 * Each step is a transaction that may be repeated: killed between two, the company stays as it is until this runs
 * again.
 */
@ApplicationScoped
class ProvisionCompany {

    private static final Logger LOG = Logger.getLogger(ProvisionCompany.class);
    private static final String MAKE_SCHEMA = "SELECT schema_name, template_version FROM core.provision_company_v1($1)";

    private final Database database;
    private final CompanyRepository companies;
    private final Outbox outbox;
    private final AuditLog audit;

    ProvisionCompany(Database database, CompanyRepository companies, Outbox outbox, AuditLog audit) {
        this.database = database;
        this.companies = companies;
        this.outbox = outbox;
        this.audit = audit;
    }

    /** Goes on from wherever the company is; an active one changes only if its schema lacks a step. */
    CompanyView provision(CompanyId company) {
        try {
            var schema = database.call(MAKE_SCHEMA, company.value()).getFirst();
            LOG.infof("schema at template version %d company_id=%s", schema.getInteger("template_version"), company);
        } catch (PgException e) {
            LOG.errorf("schema refused with SQLSTATE %s; runbook provisioning company_id=%s", e.getSqlState(), company);
            return fail(company, "schema refused by the database (SQLSTATE " + e.getSqlState() + ")");
        }
        return activate(company);
    }

    private CompanyView activate(CompanyId company) {
        return database.asCompany(company, tx -> {
            var before = companies.find(tx, company.value()).orElseThrow();
            boolean changed = companies.becomeActive(tx);
            var after = companies.find(tx, company.value()).orElseThrow();
            if (changed) {
                outbox.append(tx, new CompanyLifecycleChanged(company, CompanyLifecycleChanged.State.PROVISIONED));
                audit.write(tx, "company.provision", company.value(), before, after);
            }
            return after;
        });
    }

    private CompanyView fail(CompanyId company, String reason) {
        return database.asCompany(company, tx -> {
            companies.becomeFailed(tx, reason);
            return companies.find(tx, company.value()).orElseThrow();
        });
    }
}
