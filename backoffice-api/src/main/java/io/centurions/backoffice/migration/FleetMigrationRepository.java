package io.centurions.backoffice.migration;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.fleet_migrations}, which belong to no company: each call is one statement. */
@ApplicationScoped
class FleetMigrationRepository {

    private static final String VIEW = """
            SELECT f.id, f.state, f.target_version, f.canary, f.at_once, f.reason, f.started_at, f.finished_at, f.updated_at, f.version,
                   p.companies, p.migrated, p.quarantined, p.quarantined_of_probe, p.newest_version, p.behind_newest
              FROM core.fleet_migrations f
             CROSS JOIN LATERAL core.fleet_migration_progress_v1(f.id) p
            """;

    private static final String FIND = VIEW + " WHERE f.id = $1";

    private static final String PAGE = VIEW + """
             WHERE $1::uuid IS NULL OR f.id < $1::uuid
             ORDER BY f.id DESC
             LIMIT $2
            """;

    private static final String OF_REQUEST = """
            SELECT id, request_hash = $3::bytea AS same_request
              FROM core.fleet_migrations
             WHERE started_by = $1 AND request_key = $2
            """;

    // Served by fleet_migrations_open_key: there is one at most.
    private static final String OPEN = """
            SELECT id, state, target_version, canary, at_once
              FROM core.fleet_migrations
             WHERE state IN ('canary', 'running')
            """;

    private static final String BEHIND = "SELECT company_id FROM core.companies_behind_v1($1, $2)";

    private static final String PROBES_SET_ASIDE = "SELECT company_id FROM core.canaries_set_aside_v1($1)";

    private static final String PROGRESS = "SELECT * FROM core.fleet_migration_progress_v1($1)";

    // Only from the state that was seen: a person may have halted it meanwhile.
    private static final String SETTLE = """
            UPDATE core.fleet_migrations
               SET state = $3::text, reason = $4::text, updated_at = clock_timestamp(), version = version + 1,
                   finished_at = CASE WHEN $3::text = 'finished' THEN clock_timestamp() END
             WHERE id = $1 AND state = $2
            """;

    private final Database database;

    FleetMigrationRepository(Database database) {
        this.database = database;
    }

    /** What an earlier request with the same key made. */
    record Kept(UUID id, boolean sameRequest) {}

    Optional<FleetMigrationView> find(UUID id) {
        return database.call(FIND, id).stream().findFirst().map(FleetMigrationView::of);
    }

    List<FleetMigrationView> page(UUID after, int limit) {
        return database.call(PAGE, after, limit).stream()
                .map(FleetMigrationView::of)
                .toList();
    }

    Optional<Kept> ofRequest(String person, String key, Buffer requestHash) {
        return database.call(OF_REQUEST, person, key, requestHash).stream()
                .findFirst()
                .map(row -> new Kept(row.getUUID("id"), row.getBoolean("same_request")));
    }

    Optional<FleetMigration> open() {
        return database.call(OPEN).stream().findFirst().map(FleetMigration::of);
    }

    List<CompanyId> behind(FleetMigration migration, int limit) {
        return database.call(BEHIND, migration.id(), limit).stream()
                .map(row -> CompanyId.of(row.getUUID("company_id")))
                .toList();
    }

    /** Those of the isolation probe's companies that are counted as quarantined. */
    List<UUID> probesSetAside(UUID id) {
        return database.call(PROBES_SET_ASIDE, id).stream()
                .map(row -> row.getUUID("company_id"))
                .toList();
    }

    Progress progress(FleetMigration migration) {
        return Progress.of(database.call(PROGRESS, migration.id()).getFirst());
    }

    void settle(FleetMigration migration, String state, String reason) {
        database.call(SETTLE, migration.id(), migration.inCanary() ? "canary" : "running", state, reason);
    }
}
