package io.centurions.backoffice.migration;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * A migration that is under way.
 *
 * @param inCanary true while only the canary is migrated
 * @param canary   the company that goes first
 * @param atOnce   how many companies are migrated at the same time
 */
record FleetMigration(UUID id, boolean inCanary, int targetVersion, UUID canary, int atOnce) {

    static FleetMigration of(Row row) {
        return new FleetMigration(
                row.getUUID("id"),
                row.getString("state").equals("canary"),
                row.getInteger("target_version"),
                row.getUUID("canary"),
                row.getInteger("at_once"));
    }
}
