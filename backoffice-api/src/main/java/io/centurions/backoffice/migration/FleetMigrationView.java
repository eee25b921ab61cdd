package io.centurions.backoffice.migration;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A migration of the fleet as people see it: {@code migrated} of {@code companies} at {@code targetVersion}.
 *
 * @param state              canary, running, halted, incomplete (some are quarantined) or finished
 * @param canaryCompanyId    the company that goes first; null when none was behind
 * @param quarantinedOfProbe how many of {@code quarantined} are the isolation probe's, which {@code companies}
 *         leaves out
 * @param newestVersion      of the template now: above {@code targetVersion} once a release brought more steps
 * @param behindNewest       how many of {@code companies} have not reached {@code newestVersion}
 * @param reason             why it was halted or is incomplete; null otherwise
 */
public record FleetMigrationView(
        UUID id,
        String state,
        int targetVersion,
        UUID canaryCompanyId,
        int atOnce,
        int companies,
        int migrated,
        int quarantined,
        int quarantinedOfProbe,
        int newestVersion,
        int behindNewest,
        String reason,
        Instant startedAt,
        Instant finishedAt,
        Instant updatedAt,
        int version) {

    static FleetMigrationView of(Row row) {
        var finished = row.getOffsetDateTime("finished_at");
        return new FleetMigrationView(
                row.getUUID("id"),
                row.getString("state"),
                row.getInteger("target_version"),
                row.getUUID("canary"),
                row.getInteger("at_once"),
                row.getInteger("companies"),
                row.getInteger("migrated"),
                row.getInteger("quarantined"),
                row.getInteger("quarantined_of_probe"),
                row.getInteger("newest_version"),
                row.getInteger("behind_newest"),
                row.getString("reason"),
                row.getOffsetDateTime("started_at").toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                row.getInteger("version"));
    }
}
