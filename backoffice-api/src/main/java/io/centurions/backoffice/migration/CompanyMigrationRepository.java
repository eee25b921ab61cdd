package io.centurions.backoffice.migration;

import io.centurions.backoffice.paging.PageAsk;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Rows of {@code core.company_migrations}, and the schema they tell of. */
@ApplicationScoped
class CompanyMigrationRepository {

    // Looked at before each step, so that a person who halts it waits for no more than the steps under way.
    private static final String STEP = """
            SELECT core.migrate_company_step_v1($1, $2) AS reached
              FROM core.fleet_migrations
             WHERE id = $3 AND state IN ('canary', 'running')
            """;

    private static final String REACHED = """
            INSERT INTO core.company_migrations AS m (company_id, migration_id, state, template_version, finished_at)
            VALUES ($1, $2, CASE WHEN $3::int >= $4::int THEN 'done' ELSE 'running' END, $3::int,
                    CASE WHEN $3::int >= $4::int THEN clock_timestamp() END)
            ON CONFLICT (company_id, migration_id) DO UPDATE
               SET state = excluded.state, template_version = excluded.template_version, finished_at = excluded.finished_at,
                   sqlstate = NULL, reason = NULL, updated_at = clock_timestamp()
            """;

    // Each wait is twice the one before. An owner that was thought dead may come late: what is done
    // stays done.
    private static final String REFUSED = """
            INSERT INTO core.company_migrations AS m (company_id, migration_id, state, template_version, attempts, sqlstate, reason, next_try_at)
            SELECT $1::uuid, $2::uuid, CASE WHEN $3::int <= 1 THEN 'quarantined' ELSE 'waiting' END, c.template_version, 1, $4::text, $5::text,
                   clock_timestamp() + $6::text::interval
              FROM core.company_crms c
             WHERE c.company_id = $1
            ON CONFLICT (company_id, migration_id) DO UPDATE
               SET state = CASE WHEN m.attempts + 1 >= $3::int THEN 'quarantined' ELSE 'waiting' END, attempts = m.attempts + 1,
                   template_version = excluded.template_version, sqlstate = excluded.sqlstate, reason = excluded.reason,
                   next_try_at = clock_timestamp() + $6::text::interval * power(2, m.attempts), updated_at = clock_timestamp()
             WHERE m.state <> 'done'
            RETURNING state
            """;

    private static final String NEXT_STEP = """
            SELECT s.version, s.name
              FROM core.company_crms c JOIN core.template_steps s ON s.version > c.template_version
             WHERE c.company_id = $1
             ORDER BY s.version
             LIMIT 1
            """;

    // Only while the template is where this migration goes: a newer release may have brought it further.
    private static final String DIFFERENCES = """
            SELECT d.kind, d.name
              FROM core.company_crms c CROSS JOIN LATERAL core.company_schema_diff_v1(c.schema_name) d
             WHERE c.company_id = $1 AND c.template_version = (SELECT max(s.version) FROM core.template_steps s)
             LIMIT 5
            """;

    // Of companies that the reader sees; of the probe's, which they do not, those that stand in the way.
    private static final String PAGE = """
            SELECT m.id, m.company_id, m.state, m.template_version, m.attempts, m.sqlstate, m.reason, m.next_try_at, m.updated_at,
                   c.id IS NULL AS of_probe
              FROM core.company_migrations m LEFT JOIN core.companies c ON c.id = m.company_id
             WHERE m.migration_id = $1 AND (c.id IS NOT NULL OR m.company_id = ANY ($5::uuid[]))
               AND ($2::text IS NULL OR m.state = $2::text) AND ($3::uuid IS NULL OR m.id > $3::uuid)
             ORDER BY m.id
             LIMIT $4
            """;

    /** @param state null: any */
    record Shown(UUID migration, String state, PageAsk page) {}

    /**
     * Applies the next template step and keeps how far the company is, together.
     *
     * @return the version reached; empty: the migration is no longer open, and nothing was done
     */
    OptionalInt step(Tx tx, FleetMigration migration) {
        UUID company = tx.company().value();
        Optional<Row> stepped = tx.first(STEP, company, migration.targetVersion(), migration.id());
        if (stepped.isEmpty()) {
            return OptionalInt.empty();
        }
        int reached = stepped.get().getInteger("reached");
        tx.send(REACHED, company, migration.id(), reached, migration.targetVersion());
        return OptionalInt.of(reached);
    }

    /**
     * Keeps why the company could not be migrated.
     *
     * @param triesMost after how many the company is set aside
     * @param wait      to the second try
     * @return whether it is set aside now
     */
    boolean refused(Tx tx, UUID migration, int triesMost, Obstacle why, String wait) {
        return tx.first(REFUSED, tx.company().value(), migration, triesMost, why.sqlState(), why.reason(), wait)
                .filter(row -> row.getString("state").equals("quarantined"))
                .isPresent();
    }

    /** The template step that the company has not got yet, for people. */
    String nextStep(Tx tx) {
        return tx.first(NEXT_STEP, tx.company().value())
                .map(row -> "step " + row.getInteger("version") + " (" + row.getString("name") + ")")
                .orElse("no step");
    }

    /** What the company's schema has that the template has not, or the other way round; the first few. */
    List<String> differences(Tx tx) {
        return tx.query(DIFFERENCES, tx.company().value()).stream()
                .map(row -> row.getString("kind") + " " + row.getString("name"))
                .toList();
    }

    /**
     * In a reader's transaction, over companies.
     *
     * @param ofProbe the probe's companies that are shown too
     */
    List<CompanyMigrationView> page(Tx tx, Shown shown, List<UUID> ofProbe) {
        return tx
                .query(
                        PAGE,
                        shown.migration(),
                        shown.state(),
                        shown.page().after(),
                        shown.page().fetch(),
                        ofProbe.toArray(UUID[]::new))
                .stream()
                .map(CompanyMigrationView::of)
                .toList();
    }
}
