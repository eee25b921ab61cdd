package io.centurions.backoffice.sweep;

import io.centurions.backoffice.deal.WinDeal;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.LookBack;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Signed contracts whose deal was never won, because {@code contract.signed} was lost. Won as by the event, at the time of the
 * signature. A deal that a person took the win from stays as it is. Looked for over the last hour, now and then over thirty days.
 */
@ApplicationScoped
class SignaturesWithoutWin implements OwnedJob {

    private static final int FOUND_MOST = 500;
    private static final int AT_ONCE = 4;
    private static final String WITHOUT_WIN =
            "SELECT * FROM core.signatures_without_win_v1($1, $2::text::interval, $3::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final WinDeal winDeal;
    private final SweepConfig config;
    private final LookBack back = new LookBack(Duration.ofHours(1), Duration.ofDays(30));

    SignaturesWithoutWin(Database database, Sweeper sweeper, WinDeal winDeal, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.winDeal = winDeal;
        this.config = config;
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
        var found = database.call(WITHOUT_WIN, FOUND_MOST, config.age().toString(), back.next());
        sweeper.mend(lease, "signatures-without-win", found, AT_ONCE, this::win);
    }

    private void win(Row row) {
        var signed = new WinDeal.Signature(
                DealId.of(row.getUUID("deal_id")),
                ContractId.of(row.getUUID("contract_id")),
                row.getOffsetDateTime("signed_at").toInstant());
        database.runAsCompany(CompanyId.of(row.getUUID("company_id")), tx -> winDeal.win(tx, signed));
    }
}
