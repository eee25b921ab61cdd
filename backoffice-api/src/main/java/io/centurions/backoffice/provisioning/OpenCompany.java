package io.centurions.backoffice.provisioning;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the company active and says so to everybody, which ends the making. */
@ApplicationScoped
class OpenCompany implements Step {

    private static final String BECOME_ACTIVE = """
            UPDATE core.companies
               SET status = 'active', status_reason = NULL, version = version + 1, updated_at = clock_timestamp()
             WHERE id = $1 AND status = 'provisioning'
            RETURNING slug, schema_name
            """;

    private final ProvisioningRepository rows;
    private final Outbox outbox;
    private final AuditLog audit;

    OpenCompany(ProvisioningRepository rows, Outbox outbox, AuditLog audit) {
        this.rows = rows;
        this.outbox = outbox;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "activation";
    }

    @Override
    public void run(Tx tx, Person startedBy) {
        tx.first(BECOME_ACTIVE, tx.company().value()).ifPresent(company -> tell(tx, startedBy, company));
        rows.finish(tx);
    }

    private void tell(Tx tx, Person startedBy, Row company) {
        outbox.append(tx, new CompanyLifecycleChanged(tx.company(), CompanyLifecycleChanged.State.PROVISIONED));
        var before = Map.of("status", "provisioning");
        Map<String, String> after = new LinkedHashMap<>();
        after.put("status", "active");
        after.put("slug", company.getString("slug"));
        after.put("schemaName", company.getString("schema_name"));
        audit.writeAs(tx, startedBy, "company.provision", tx.company().value(), before, after);
    }
}
