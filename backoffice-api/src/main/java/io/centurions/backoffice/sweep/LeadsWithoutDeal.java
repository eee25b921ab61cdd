package io.centurions.backoffice.sweep;

import io.centurions.backoffice.deal.HandOverLead;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.LookBack;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Qualified leads of whom the index knows no deal, because {@code lead.qualified} was lost, or the index's row. Handed over as by the
 * event, where the hand-off's id makes it one deal; a deal that is there comes back into the index. Looked for over the last hour,
 * now and then over the last thirty days.
 */
@ApplicationScoped
class LeadsWithoutDeal implements OwnedJob {

    private static final int FOUND_MOST = 500;
    private static final int AT_ONCE = 4;
    private static final String WITHOUT_DEAL =
            "SELECT * FROM core.leads_without_deal_v1($1, $2::text::interval, $3::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final HandOverLead handOver;
    private final SweepConfig config;
    private final LookBack back = new LookBack(Duration.ofHours(1), Duration.ofDays(30));

    LeadsWithoutDeal(Database database, Sweeper sweeper, HandOverLead handOver, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.handOver = handOver;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-leads";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        var found = database.call(WITHOUT_DEAL, FOUND_MOST, config.age().toString(), back.next());
        sweeper.mend(lease, "leads-without-deal", found, AT_ONCE, this::mend);
    }

    private void mend(Row row) {
        var qualified = new HandOverLead.Qualified(
                LeadId.of(row.getUUID("lead_id")), HandoffId.of(row.getUUID("handoff_id")), row.getInteger("score"));
        database.runAsCompany(CompanyId.of(row.getUUID("company_id")), tx -> handOver.mend(tx, qualified));
    }
}
