package io.centurions.backoffice.isolation;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lists every table that we may read, for rows of anybody else: of the other canary, and of every
 * real company.
 */
@ApplicationScoped
class ReadLists implements Attack {

    // One question for each table that belongs to companies, put together by the catalogue.
    private static final String QUESTIONS = """
            SELECT pg_catalog.format('SELECT %L AS what WHERE EXISTS (SELECT FROM core.%I t WHERE t.%I IS DISTINCT FROM $1)',
                                     'core.' || c.relname, c.relname, a.attname) AS question
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
               AND a.attname = CASE WHEN c.relname = 'companies' THEN 'id' ELSE 'company_id' END
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p', 'v')
               AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
             ORDER BY c.relname
            """;

    // A canary has nothing in most tables: a planner that expects something would read them from end to end.
    private static final String BY_INDEX = "SET LOCAL enable_seqscan = off";

    private final Database database;

    ReadLists(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        return database.asCompany(attacker.company(), tx -> {
            tx.execute(BY_INDEX);
            String all = tx.query(QUESTIONS).stream()
                    .map(row -> row.getString("question"))
                    .collect(Collectors.joining(" UNION ALL "));
            return tx.query(all, attacker.company().value()).stream()
                    .map(row -> row.getString("what"))
                    .toList();
        });
    }
}
