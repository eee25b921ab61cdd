package io.centurions.backoffice.migration;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Drives the migration that is open, if one is. All it knows is in the rows, so that another replica goes on
 * where this one died.
 *
 * <pre>
 *  canary ──equals the template──▶ running ──nobody left──▶ finished
 *    │                                │  └──some set aside──▶ incomplete ─┐
 *    └──refused or different──▶ halted ◀──by a person──┘                  │
 *         ▲                       └───────────── retried ◀────────────────┘   (from the canary on)
 * </pre>
 */
@ApplicationScoped
class MigrateFleet implements OwnedJob {

    private static final Logger LOG = Logger.getLogger(MigrateFleet.class);
    // For each that is migrated at once. A person who halts it is heard by each company's next step.
    private static final int ROUND = 8;

    private final Database database;
    private final FleetMigrationRepository migrations;
    private final CompanyMigrationRepository companies;
    private final MigrateCompany migrateCompany;
    private final FleetMigrationConfig config;

    MigrateFleet(
            Database database,
            FleetMigrationRepository migrations,
            CompanyMigrationRepository companies,
            MigrateCompany migrateCompany,
            FleetMigrationConfig config) {
        this.database = database;
        this.migrations = migrations;
        this.companies = companies;
        this.migrateCompany = migrateCompany;
        this.config = config;
    }

    @Override
    public String name() {
        return "migrate-fleet";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        Optional<FleetMigration> open = migrations.open();
        while (open.isPresent() && lease.stillMine() && movedOn(lease, open.get())) {
            open = migrations.open();
        }
    }

    // False: whoever is left waits for a later try.
    private boolean movedOn(Lease lease, FleetMigration migration) {
        List<CompanyId> behind = migrations.behind(migration, ROUND * migration.atOnce());
        if (!behind.isEmpty()) {
            new FewAtOnce(migration.atOnce())
                    .each(
                            behind,
                            lease::stillMine,
                            company ->
                                    Trace.run(Trace.started(null), () -> migrateCompany.migrate(migration, company)));
            return true;
        }
        Progress progress = migrations.progress(migration);
        if (progress.leftOver() > 0) {
            return false;
        }
        if (migration.inCanary()) {
            judgeCanary(migration, progress);
        } else {
            end(migration, progress);
        }
        return true;
    }

    private void judgeCanary(FleetMigration migration, Progress progress) {
        if (progress.canaryVersion() == null || progress.canaryVersion() < migration.targetVersion()) {
            halt(migration, "the canary could not be migrated");
            return;
        }
        var differences = database.asCompany(CompanyId.of(migration.canary()), companies::differences);
        if (!differences.isEmpty()) {
            halt(migration, "the canary's schema is not the template's: " + String.join(", ", differences));
            return;
        }
        LOG.infof(
                "the canary is at version %d, now the others company_id=%s",
                migration.targetVersion(), migration.canary());
        migrations.settle(migration, "running", null);
    }

    private void halt(FleetMigration migration, String why) {
        LOG.errorf("halted: %s; runbook fleet-migration company_id=%s", why, migration.canary());
        migrations.settle(migration, "halted", why);
    }

    private void end(FleetMigration migration, Progress progress) {
        boolean whole = progress.quarantined() == 0;
        LOG.infof(
                "%d of %d companies at template version %d, %d set aside",
                progress.migrated(), progress.companies(), migration.targetVersion(), progress.quarantined());
        migrations.settle(
                migration,
                whole ? "finished" : "incomplete",
                whole ? null : progress.quarantined() + " companies could not be migrated");
    }
}
