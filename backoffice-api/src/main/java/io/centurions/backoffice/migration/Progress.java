package io.centurions.backoffice.migration;

import io.vertx.sqlclient.Row;

/**
 * How far a migration is.
 *
 * @param companies     that have a schema and are not archived
 * @param migrated      of them, at the target or beyond
 * @param quarantined   set aside until somebody looks
 * @param leftOver      still to be migrated in the present state: of the canary alone while it goes first
 * @param canaryVersion where the canary is; null without one
 */
record Progress(int companies, int migrated, int quarantined, int leftOver, Integer canaryVersion) {

    static Progress of(Row row) {
        return new Progress(
                row.getInteger("companies"),
                row.getInteger("migrated"),
                row.getInteger("quarantined"),
                row.getInteger("left_over"),
                row.getInteger("canary_version"));
    }
}
