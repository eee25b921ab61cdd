package io.centurions.bench.companies;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.bench.stage.Quiet;
import io.centurions.bench.stage.Sql;
import io.centurions.local.api.Http;
import java.util.Map;

/**
 * Brings a new template step to every company: what a release does that adds a table and a column with
 * an index.
 */
final class MigrateAll {

    private static final long LOOK_MILLIS = 100;

    private static final String STEP = """
            CREATE TABLE {{schema}}.bench_%1$d (
                id          uuid PRIMARY KEY DEFAULT core.uuid7(),
                company_id  uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'),
                UNIQUE (company_id, id));
            COMMENT ON TABLE {{schema}}.bench_%1$d IS 'Of the bench. Retention: life of the company.';
            SELECT core.protect_company_table('{{schema}}.bench_%1$d', 'SELECT,INSERT,UPDATE');
            ALTER TABLE {{schema}}.deals ADD COLUMN bench_%1$d text;
            CREATE INDEX deals_bench_%1$d_idx ON {{schema}}.deals (company_id, bench_%1$d);
            """;

    private final Sql sql;

    MigrateAll(Sql sql) {
        this.sql = sql;
    }

    /** @return seconds from the request to the last company; infinite when some were set aside */
    double run(Http api) {
        long version = sql.number("SELECT max(version) + 1 FROM core.template_steps");
        sql.execute(
                "INSERT INTO core.template_steps (version, name, sql) VALUES (?, ?, ?)",
                (int) version,
                "bench " + version,
                STEP.formatted(version));
        sql.number("SELECT core.migrate_template_v1()");
        long began = System.nanoTime();
        JsonNode migration = api.post("/v1/fleet-migrations", Map.of());
        while (isOpen(migration) && Quiet.pause(LOOK_MILLIS)) {
            migration = api.get("/v1/fleet-migrations/" + migration.path("id").asText());
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        return migration.path("state").asText().equals("finished") ? seconds : Double.POSITIVE_INFINITY;
    }

    private static boolean isOpen(JsonNode migration) {
        String state = migration.path("state").asText();
        return state.equals("canary") || state.equals("running");
    }
}
