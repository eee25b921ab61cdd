package io.centurions.backoffice.isolation;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comes as a company's own front does, in its role, past the back office: lists every table of the other's schema, with
 * the claims of its own company, with none, and with such as no issuer gives.
 */
@ApplicationScoped
class ReadAsFront implements Attack {

    private static final String BECOME = "SET LOCAL ROLE crm_user";
    private static final String CLAIM = "SELECT set_config('request.jwt.claims', $1, true)";

    // Asked as the front, so that what is shut to it altogether is no question.
    private static final String QUESTIONS = """
            SELECT pg_catalog.format('SELECT %L AS what WHERE EXISTS (SELECT FROM %I.%I)',
                                     n.nspname || '.' || c.relname, n.nspname, c.relname) AS question
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
             ORDER BY c.relname
            """;

    // What is no JSON, or no company, is refused by the policy that reads it.
    private static final String UNREADABLE = "22P02";

    private final Database database;

    ReadAsFront(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "front";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        return claims(attacker, victim).stream()
                .flatMap(claims -> reached(attacker, claims, victim).stream())
                .distinct()
                .toList();
    }

    private static List<String> claims(Canary attacker, Canary victim) {
        String theirs = "{\"company_id\":\"" + victim.company().value() + "\"}";
        return List.of(
                "{\"role\":\"crm_user\",\"company_id\":\"" + attacker.company().value() + "\"}",
                "",
                "{\"role\":\"crm_user\",\"schema_name\":\"" + victim.schema() + "\",\"user_metadata\":" + theirs + "}",
                "[" + theirs + "]",
                "{\"company_id\":\"*\"}");
    }

    private List<String> reached(Canary attacker, String claims, Canary victim) {
        try {
            return database.asCompany(attacker.company(), tx -> seen(tx, claims, victim));
        } catch (PgException e) {
            if (UNREADABLE.equals(e.getSqlState())) {
                return List.of();
            }
            throw e;
        }
    }

    private static List<String> seen(Tx tx, String claims, Canary victim) {
        tx.execute(BECOME);
        tx.query(CLAIM, claims);
        String all = tx.query(QUESTIONS, victim.schema()).stream()
                .map(row -> row.getString("question"))
                .collect(Collectors.joining(" UNION ALL "));
        return all.isEmpty()
                ? List.of()
                : tx.query(all).stream().map(row -> row.getString("what")).toList();
    }
}
