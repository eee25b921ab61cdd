package io.centurions.runtime.sweep;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.LookBack;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.centurions.runtime.notice.TellLead;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Leads whose contract is signed and who were not told, because {@code contract.signed} was lost. Told as by the event; the turn
 * in the books says whether it was done.
 */
@ApplicationScoped
class UntoldSignatures implements OwnedJob {

    private static final int FOUND_MOST = 200;
    private static final int AT_ONCE = 4;
    private static final Duration USUAL = Duration.ofHours(1);
    private static final String UNTOLD =
            "SELECT * FROM core.untold_signatures_v1($1, $2::text::interval, $3::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final TellLead tellLead;
    private final SweepConfig config;
    private final LookBack back;

    UntoldSignatures(Database database, Sweeper sweeper, TellLead tellLead, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.tellLead = tellLead;
        this.config = config;
        this.back = new LookBack(USUAL, config.tellWithin());
    }

    @Override
    public String name() {
        return "sweep-signatures";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        var found = database.call(UNTOLD, FOUND_MOST, config.age().toString(), back.next());
        sweeper.mend(lease, "untold-signatures", found, AT_ONCE, this::tell);
    }

    private void tell(Row row) {
        database.runAsCompany(
                CompanyId.of(row.getUUID("company_id")),
                tx -> tellLead.signed(
                        tx, LeadId.of(row.getUUID("lead_id")), ContractId.of(row.getUUID("contract_id"))));
    }
}
