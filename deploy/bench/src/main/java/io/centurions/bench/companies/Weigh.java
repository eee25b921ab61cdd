package io.centurions.bench.companies;

import io.centurions.bench.figure.Samples;
import io.centurions.bench.stage.Session;
import io.centurions.bench.stage.Sql;
import java.util.List;
import java.util.UUID;

/**
 * What companies cost PostgreSQL itself: the steps of one schema alone, and a backend that has met
 * every table.
 */
final class Weigh {

    private static final int TIMES = 10;
    private static final double MEBI = 1048576.0;
    private static final List<String> TABLES =
            List.of("pipeline_stages", "team_members", "services", "deals", "activities");

    private final Sql sql;

    Weigh(Sql sql) {
        this.sql = sql;
    }

    /** The template's steps for one more company, not committed. */
    Samples stepsAlone() {
        long[] nanos = new long[TIMES];
        try (Session session = sql.session()) {
            for (int n = 0; n < TIMES; n++) {
                UUID id = UUID.randomUUID();
                String slug = "floor_" + id.toString().substring(0, 8);
                session.execute("BEGIN");
                session.execute("INSERT INTO core.companies (id, slug, name, schema_name) VALUES ('" + id + "', '"
                        + slug + "', 'Piso', 'empresa_" + slug + "')");
                long began = System.nanoTime();
                session.execute("SELECT * FROM core.provision_company_v1('" + id + "')");
                nanos[n] = System.nanoTime() - began;
                session.execute("ROLLBACK");
            }
        }
        return Samples.ofNanos(nanos);
    }

    /**
     * MiB of the backend's own memory after it has read every table of every company; its share of the cache
     * not counted.
     */
    double backendThatTouchedAll() {
        List<String> schemas = schemas();
        try (Session session = sql.session()) {
            for (String schema : schemas) {
                for (String table : TABLES) {
                    session.number("SELECT count(*) FROM " + schema + "." + table);
                }
            }
            return session.number("SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts") / MEBI;
        }
    }

    /** Takes the schemas away, so that whatever is measured next meets a small catalogue. */
    void dropAll() {
        schemas().forEach(schema -> sql.execute("DROP SCHEMA " + schema + " CASCADE"));
        sql.execute("TRUNCATE core.companies CASCADE");
    }

    private List<String> schemas() {
        return sql.query(row -> row.getString(1), "SELECT schema_name FROM core.company_crms ORDER BY company_id");
    }
}
