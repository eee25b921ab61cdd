package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The schema {@code core} as all migrations leave it, in one text that a reviewer can read. A migration that changes it
 * changes the text in the same commit; this test fails when the two drift apart. To write it anew:
 * {@code mvn -pl deploy/house-rules test -Dtest=SchemaSnapshotTest -Dschema.snapshot=write}.
 */
class SchemaSnapshotTest {

    private static final Path SNAPSHOT = Sources.ROOT.resolve("deploy/house-rules/src/test/resources/core-schema.txt");

    private static final String TABLES = """
            SELECT format('table %s%s', c.relname,
                          CASE WHEN c.relforcerowsecurity THEN ' row-level-security forced'
                               WHEN c.relrowsecurity THEN ' row-level-security' ELSE '' END) AS head,
                   (SELECT string_agg(format('  %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
                                             CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
                                             CASE WHEN a.attidentity <> '' THEN ' identity'
                                                  WHEN d.adbin IS NOT NULL THEN ' default ' || pg_get_expr(d.adbin, d.adrelid)
                                                  ELSE '' END),
                                      chr(10) ORDER BY a.attnum)
                      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
                   (SELECT string_agg(format('  constraint %s %s', k.conname, pg_get_constraintdef(k.oid)),
                                      chr(10) ORDER BY k.conname COLLATE "C")
                      FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n') AS constraints,
                   (SELECT string_agg('  ' || regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE ', ''),
                                      chr(10) ORDER BY x.relname COLLATE "C")
                      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid) AS indexes,
                   (SELECT string_agg(format('  policy %s for %s to %s using %s check %s', p.policyname, p.cmd,
                                             array_to_string(p.roles, ','), coalesce(p.qual, '-'), coalesce(p.with_check, '-')),
                                      chr(10) ORDER BY p.policyname COLLATE "C")
                      FROM pg_policies p WHERE p.schemaname = 'core' AND p.tablename = c.relname) AS policies,
                   (SELECT string_agg(format('  grant %s to %s', g.privileges, g.grantee), chr(10) ORDER BY g.grantee COLLATE "C")
                      FROM (SELECT CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END AS grantee,
                                   string_agg(e.privilege_type, ',' ORDER BY e.privilege_type COLLATE "C") AS privileges
                              FROM aclexplode(c.relacl) e WHERE e.grantee <> c.relowner GROUP BY e.grantee) g) AS grants,
                   (SELECT string_agg(format('  trigger %s', regexp_replace(pg_get_triggerdef(t.oid), '^CREATE TRIGGER ', '')),
                                      chr(10) ORDER BY t.tgname COLLATE "C")
                      FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS triggers
              FROM pg_class c
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname NOT LIKE 'flyway%'
             ORDER BY c.relname COLLATE "C"
            """;

    private static final String VIEWS = """
            SELECT format('view %s%s%s%s', c.relname, coalesce(' with ' || array_to_string(c.reloptions, ','), ''), chr(10),
                          regexp_replace(pg_get_viewdef(c.oid, true), '^', '  ', 'gn')) AS head
              FROM pg_class c
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('v', 'm')
             ORDER BY c.relname COLLATE "C"
            """;

    private static final String FUNCTIONS = """
            SELECT format('function %s(%s) returns %s%s%s owned by %s%s', p.proname, pg_get_function_identity_arguments(p.oid),
                          coalesce(pg_get_function_result(p.oid), '-'),
                          CASE p.provolatile WHEN 'i' THEN ' immutable' WHEN 's' THEN ' stable' ELSE '' END,
                          CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END,
                          pg_get_userbyid(p.proowner),
                          (SELECT coalesce(' executed by ' || string_agg(g.name, ',' ORDER BY g.name COLLATE "C"), '')
                             FROM (SELECT CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END AS name
                                     FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) e
                                    WHERE e.grantee <> p.proowner) g)) AS head
              FROM pg_proc p
             WHERE p.pronamespace = 'core'::regnamespace
             ORDER BY p.proname COLLATE "C", pg_get_function_identity_arguments(p.oid) COLLATE "C"
            """;

    @Test
    void the_schema_is_the_one_that_was_reviewed() throws IOException {
        String now = schema();
        if ("write".equals(System.getProperty("schema.snapshot"))) {
            Files.writeString(SNAPSHOT, now);
        }

        List<String> reviewed = Files.readString(SNAPSHOT).lines().toList();

        assertThat(now.lines().toList())
                .as(
                        "the schema has drifted from %s; the class comment says how to write it anew",
                        SNAPSHOT.getFileName())
                .isEqualTo(reviewed);
    }

    private static String schema() {
        Admin admin = Admin.get();
        var text = new StringBuilder("What all migrations make of the schema core. Written by SchemaSnapshotTest.\n");
        for (String part : List.of(TABLES, VIEWS, FUNCTIONS)) {
            text.append('\n');
            admin.query(part)
                    .forEach(row -> row.values().stream()
                            .filter(lines -> lines != null)
                            .forEach(lines -> text.append(lines.toString().stripTrailing())
                                    .append('\n')));
        }
        return text.toString();
    }
}
