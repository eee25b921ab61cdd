package io.centurions.platform.testkit.isolation;

import io.centurions.platform.testkit.Admin;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table whose rows belong to companies.
 *
 * @param name    in full
 * @param column  that says whose a row is
 * @param granted SELECT, INSERT, UPDATE, DELETE, as far as the attacker holds them
 */
record CompanyTable(String name, String column, Set<String> granted) {

    private static final String LIST = """
            SELECT format('%I.%I', n.nspname, c.relname) AS name,
                   CASE WHEN c.oid = 'core.companies'::regclass THEN 'id' ELSE 'company_id' END AS owner_column,
                   (SELECT coalesce(string_agg(p.privilege, ','), '')
                      FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS p (privilege)
                     WHERE has_schema_privilege(r.role, n.oid, 'USAGE') AND has_table_privilege(r.role, c.oid, p.privilege)) AS granted
              FROM pg_class c
              JOIN pg_namespace n ON n.oid = c.relnamespace
             CROSS JOIN (SELECT ?::text AS role) r
             WHERE c.relkind IN ('r', 'p') AND (n.nspname = 'core' OR n.nspname LIKE 'empresa\\_%')
               AND (c.oid = 'core.companies'::regclass
                    OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'company_id' AND NOT a.attisdropped))
             ORDER BY 1
            """;

    static List<CompanyTable> all(Admin admin, String role) {
        return admin.query(LIST, role).stream()
                .map(row -> new CompanyTable(
                        (String) row.get("name"), (String) row.get("owner_column"), split((String) row.get("granted"))))
                .toList();
    }

    private static Set<String> split(String granted) {
        return Arrays.stream(granted.split(","))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the privileges alone would let this through. */
    boolean lets(Operation operation) {
        return granted.containsAll(operation.needs());
    }
}
