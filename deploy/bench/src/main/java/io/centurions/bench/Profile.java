package io.centurions.bench;

import io.centurions.bench.stage.Sql;
import java.util.List;

/** Where PostgreSQL spent its time since the last look, by statement and by function. Only on a stage that profiles. */
final class Profile {

    private static final String STATEMENTS = """
        SELECT format('%s ms total, %s calls, %s ms (and %s ms of planning, %s plans) and %s pages each, %s rows: %s',
                      round(total_exec_time + total_plan_time), calls, round(mean_exec_time::numeric, 3),
                      round((total_plan_time / calls)::numeric, 3), plans, (shared_blks_hit + shared_blks_read) / calls, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 160))
          FROM pg_stat_statements
         WHERE toplevel = ?
         ORDER BY total_exec_time + total_plan_time DESC
         LIMIT 25
        """;
    private static final String FUNCTIONS = """
        SELECT format('%s ms of its own, %s ms with what it calls, %s calls: %s', round(self_time), round(total_time), calls, funcname)
          FROM pg_stat_user_functions
         ORDER BY self_time DESC
         LIMIT 30
        """;

    private final Sql sql;

    Profile(Sql sql) {
        this.sql = sql;
    }

    /** As text, and starts counting anew. */
    String taken(String name) {
        StringBuilder out = new StringBuilder("profile of " + name + "\n");
        append(out, "statements", sql.query(row -> row.getString(1), STATEMENTS, true));
        append(out, "statements inside functions", sql.query(row -> row.getString(1), STATEMENTS, false));
        append(out, "functions", sql.query(row -> row.getString(1), FUNCTIONS));
        sql.query(row -> "", "SELECT pg_stat_statements_reset(), pg_stat_reset()");
        return out.toString();
    }

    private static void append(StringBuilder out, String title, List<String> lines) {
        out.append("  ").append(title).append('\n');
        lines.forEach(line -> out.append("    ").append(line).append('\n'));
    }
}
