package io.centurions.capi.sweep;

import io.centurions.capi.intake.Fact;
import io.centurions.capi.intake.RecordConversion;
import io.centurions.capi.mapping.Milestone;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.LookBack;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * New and qualified leads, won deals and signed contracts that have no conversion, because their event was lost. Recorded as by
 * the event, with the fact's own time. Looked for over the last hour, now and then over the seven days for which Meta takes them.
 */
@ApplicationScoped
class FactsWithoutConversion implements OwnedJob {

    private static final int FOUND_MOST = 500;
    private static final int AT_ONCE = 4;
    private static final List<String> ORIGINS = List.of("lead", "qualified", "won", "signed");
    private static final String UNRECORDED =
            "SELECT * FROM core.facts_without_conversion_v1($1, $2::text::interval, $3::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final RecordConversion record;
    private final SweepConfig config;
    private final LookBack back = new LookBack(Duration.ofHours(1), Duration.ofDays(7));

    FactsWithoutConversion(Database database, Sweeper sweeper, RecordConversion record, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.record = record;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-facts";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        List<Row> found = database.call(UNRECORDED, FOUND_MOST, config.age().toString(), back.next());
        for (String origin : ORIGINS) {
            List<Row> ofOne = found.stream()
                    .filter(row -> origin.equals(row.getString("origin")))
                    .toList();
            sweeper.mend(lease, origin + "-without-conversion", ofOne, AT_ONCE, this::record);
        }
    }

    private void record(Row row) {
        record.record(CompanyId.of(row.getUUID("company_id")), fact(row));
    }

    private static Fact fact(Row row) {
        LeadId lead = LeadId.of(row.getUUID("lead_id"));
        Instant at = row.getOffsetDateTime("fact_at").toInstant();
        return switch (row.getString("origin")) {
            case "lead" -> Fact.of(Milestone.LEAD, lead, at);
            case "qualified" -> Fact.of(Milestone.QUALIFIED, lead, at);
            default -> Fact.purchase(lead, DealId.of(row.getUUID("deal_id")), at);
        };
    }
}
