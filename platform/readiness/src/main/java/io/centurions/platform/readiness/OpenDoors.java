package io.centurions.platform.readiness;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Every way past row-level security that the catalogue of the database shows for the login we are connected
 * as: what the login is or may become, tables that are not protected or that it may empty or put triggers on,
 * schemas that it may put things into, functions that run as somebody who is not bound, and policies that do not
 * compare the company with the claim. Each is a sentence.
 *
 * <p>Roles that every policy lets in own listed functions of ours. One of somebody else's is told from them by what
 * none of ours does, being open to everybody or leaving its search path to the caller; one that is made just like
 * ours is not told apart.
 */
@ApplicationScoped
class OpenDoors {

    // A superuser is a member of everything, which would be many sentences for one fault. The back office may
    // become the reader of the holding's people on purpose. A company's own front, which it may become as well, is
    // bound as it is itself, so what is open to the front is found here too. What a role that the login may become
    // is granted, the login need not inherit: each is asked. Schemas of companies count for those only who may enter
    // them.
    private static final String FIND = """
            WITH login AS (
                SELECT r.oid, r.rolname, r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = session_user),
            mine AS (
                SELECT r.oid, r.rolname, r.rolsuper, r.rolbypassrls, r.rolreplication,
                       r.rolname = 'backoffice_reader' AND l.rolname = 'backoffice_app' AS reader,
                       CASE WHEN r.oid = l.oid THEN l.rolname ELSE l.rolname || ' may become ' || r.rolname || ', which' END AS who
                  FROM pg_catalog.pg_roles r CROSS JOIN login l
                 WHERE r.oid = l.oid OR (NOT l.rolsuper AND pg_catalog.pg_has_role(l.oid, r.oid, 'MEMBER'))),
            schemas AS (
                SELECT n.oid, n.nspname, n.nspowner, n.nspname = 'core' AS core
                  FROM pg_catalog.pg_namespace n
                 WHERE n.nspname = 'core'
                    OR (n.nspname ~ '^(_template_base|empresa_.*)$'
                        AND EXISTS (SELECT FROM mine m WHERE pg_catalog.has_schema_privilege(m.oid, n.oid, 'USAGE')))),
            relations AS (
                SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name, n.core, c.relkind, c.relowner, c.reloptions,
                       c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
                       EXISTS (SELECT FROM pg_catalog.pg_attribute a
                                WHERE a.attrelid = c.oid AND a.attname = 'company_id' AND NOT a.attisdropped) AS has_company
                  FROM pg_catalog.pg_class c JOIN schemas n ON n.oid = c.relnamespace
                 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')),
            tables AS (
                SELECT t.*, CASE WHEN t.name = 'core.companies' THEN 'id' ELSE 'company_id' END AS owner_column
                  FROM relations t
                 WHERE t.relkind IN ('r', 'p') AND (t.has_company OR NOT t.core OR t.name = 'core.companies')),
            unbound AS (
                SELECT r.oid, r.rolname, r.rolsuper OR r.rolbypassrls AS everywhere
                  FROM pg_catalog.pg_roles r
                 WHERE r.rolsuper OR r.rolbypassrls
                    OR EXISTS (SELECT FROM pg_catalog.pg_policy p JOIN tables t ON t.oid = p.polrelid
                                WHERE p.polpermissive AND r.oid = ANY (p.polroles) AND pg_catalog.pg_get_expr(p.polqual, p.polrelid) = 'true')),
            faults (rank, fault) AS (
                SELECT 1, m.who || ' is a superuser' FROM mine m WHERE m.rolsuper
                UNION ALL
                SELECT 1, m.who || ' bypasses row-level security' FROM mine m WHERE m.rolbypassrls AND NOT m.rolsuper
                UNION ALL
                SELECT 1, m.who || ' may copy the whole server by replication' FROM mine m WHERE m.rolreplication AND NOT m.rolsuper
                UNION ALL
                SELECT 1, m.who || ' ' || s.does
                  FROM mine m
                  JOIN (VALUES ('pg_execute_server_program', 'runs programs on the server'),
                               ('pg_read_server_files', 'reads the files of the server'),
                               ('pg_write_server_files', 'writes the files of the server'),
                               ('pg_read_all_data', 'reads every table'),
                               ('pg_write_all_data', 'writes every table')) s (name, does) ON s.name = m.rolname
                UNION ALL
                SELECT 2, m.who || ' owns the schema ' || n.nspname FROM mine m JOIN schemas n ON n.nspowner = m.oid
                UNION ALL
                SELECT 2, m.who || ' owns ' || min(t.name) || CASE WHEN count(*) > 1 THEN ' and ' || (count(*) - 1) || ' more' ELSE '' END
                  FROM mine m JOIN relations t ON t.relowner = m.oid
                 GROUP BY m.who
                UNION ALL
                SELECT 3, t.name || ' has no row-level security' FROM tables t WHERE NOT t.enabled
                UNION ALL
                SELECT 3, t.name || ' does not force row-level security' FROM tables t WHERE t.enabled AND NOT t.forced
                UNION ALL
                SELECT 3, t.name || ' has no company_id' FROM tables t WHERE NOT t.has_company AND NOT t.core
                UNION ALL
                SELECT 4, t.name || ' reads past row-level security'
                  FROM relations t
                 WHERE t.relkind IN ('v', 'm', 'f')
                   AND NOT coalesce(t.relkind = 'v' AND t.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)
                   AND EXISTS (SELECT FROM mine m
                                WHERE NOT m.rolsuper AND pg_catalog.has_any_column_privilege(m.oid, t.oid, 'SELECT'))
                UNION ALL
                SELECT 4, m.who || p.may || min(t.name) || CASE WHEN count(*) > 1 THEN ' and ' || (count(*) - 1) || ' more' ELSE '' END
                  FROM mine m
                 CROSS JOIN (VALUES ('TRUNCATE', ' may empty '), ('TRIGGER', ' may put triggers on ')) p (name, may)
                  JOIN relations t ON t.relkind IN ('r', 'p') AND pg_catalog.has_table_privilege(m.oid, t.oid, p.name)
                 WHERE NOT m.rolsuper
                 GROUP BY m.who, p.may
                UNION ALL
                SELECT 4, m.who || ' may put things into the schema ' || min(n.nspname)
                          || CASE WHEN count(*) > 1 THEN ' and ' || (count(*) - 1) || ' more' ELSE '' END
                  FROM mine m JOIN schemas n ON pg_catalog.has_schema_privilege(m.oid, n.oid, 'CREATE')
                 WHERE NOT m.rolsuper
                 GROUP BY m.who
                UNION ALL
                SELECT 4, m.who || ' may run ' || p.oid::pg_catalog.regprocedure || ' as ' || o.rolname || ', which no policy binds'
                  FROM mine m
                  JOIN pg_catalog.pg_proc p ON p.prosecdef AND p.prorettype <> 'event_trigger'::pg_catalog.regtype
                  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                  JOIN unbound o ON o.oid = p.proowner
                   AND (o.everywhere OR NOT coalesce('search_path=""' = ANY (p.proconfig), false)
                        OR EXISTS (SELECT FROM pg_catalog.aclexplode(coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a
                                    WHERE a.grantee = 0))
                 WHERE NOT m.rolsuper AND NOT m.rolbypassrls AND pg_catalog.has_schema_privilege(m.oid, n.oid, 'USAGE')
                   AND pg_catalog.has_function_privilege(m.oid, p.oid, 'EXECUTE')
                UNION ALL
                SELECT 5, m.who || ' sees other companies by the policy ' || p.polname || ' of ' || min(t.name)
                          || CASE WHEN count(*) > 1 THEN ' and ' || (count(*) - 1) || ' more' ELSE '' END
                  FROM tables t
                  JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid AND p.polpermissive
                  JOIN mine m ON (m.oid = ANY (p.polroles) OR 0::oid = ANY (p.polroles)) AND NOT m.reader
                 CROSS JOIN LATERAL (SELECT '^\\(' || t.owner_column || ' = \\( SELECT (core\\.)?company\\(\\) AS company\\)\\)$' AS own) c
                 WHERE pg_catalog.pg_get_expr(p.polqual, p.polrelid) !~ c.own
                    OR pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) !~ c.own
                 GROUP BY m.who, p.polname)
            SELECT f.fault FROM faults f ORDER BY f.rank, f.fault LIMIT 20
            """;

    private final Database database;

    OpenDoors(Database database) {
        this.database = database;
    }

    /** At most twenty, the gravest first; nothing when row-level security holds. */
    List<String> find() {
        return database.call(FIND).stream().map(row -> row.getString("fault")).toList();
    }
}
