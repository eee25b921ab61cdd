package io.centurions.backoffice.plan;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Puts a company on a plan, with exceptions. It counts from the commit on. */
@ApplicationScoped
class CompanyPlans {

    // So that two who change it for the first time meet at a row.
    private static final String MAKE =
            "INSERT INTO core.company_plans (company_id) VALUES ($1) ON CONFLICT (company_id) DO NOTHING";
    private static final String LOCK = "SELECT version FROM core.company_plans WHERE company_id = $1 FOR UPDATE";
    private static final String PLAN = "SELECT 1 FROM core.plans WHERE id = $1";

    private static final String CHANGE = """
            UPDATE core.company_plans
               SET plan_id = $2, limits = $3::text::jsonb, version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1
            """;

    private static final String ONE = """
            SELECT c.plan_id, p.name, c.limits::text AS limits, p.limits::text AS plan_limits, coalesce(c.version, 0) AS version,
                   c.updated_at
              FROM (SELECT $1::uuid AS id) k
              LEFT JOIN core.company_plans c ON c.company_id = k.id
              LEFT JOIN core.plans p ON p.id = c.plan_id
            """;

    private final LimitsText text;
    private final AuditLog audit;
    private final Outbox outbox;

    CompanyPlans(LimitsText text, AuditLog audit, Outbox outbox) {
        this.text = text;
        this.audit = audit;
        this.outbox = outbox;
    }

    CompanyPlanView read(Tx tx) {
        return view(tx, tx.first(ONE, tx.company().value()).orElseThrow());
    }

    CompanyPlanView change(Tx tx, IfMatch version, CompanyPlanChange wanted) {
        UUID company = tx.company().value();
        tx.execute(MAKE, company);
        version.check(tx.first(LOCK, company).orElseThrow().getInteger("version"));
        if (wanted.planId() != null && tx.first(PLAN, wanted.planId()).isEmpty()) {
            throw Problem.unprocessable("plan-unknown", "there is no such plan");
        }
        CompanyPlanView before = read(tx);
        tx.execute(CHANGE, company, wanted.planId(), text.of(wanted.limits()));
        CompanyPlanView after = read(tx);
        outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.LIMITS, SettingId.of(company)));
        audit.write(tx, "company.plan", company, before, after);
        return after;
    }

    private CompanyPlanView view(Tx tx, Row row) {
        Limits own = text.read(row.getString("limits"));
        OffsetDateTime updated = row.getOffsetDateTime("updated_at");
        return new CompanyPlanView(
                tx.company().value(),
                row.getUUID("plan_id"),
                row.getString("name"),
                own,
                own.over(text.read(row.getString("plan_limits"))),
                row.getInteger("version"),
                updated == null ? null : updated.toInstant());
    }
}
