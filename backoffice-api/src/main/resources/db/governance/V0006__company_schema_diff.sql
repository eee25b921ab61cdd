-- Proves a company's schema equal to the template, object by object, from the catalogue. Empty answer: equal.
-- A function only; reads the catalogue, no locks.

CREATE FUNCTION core.describe_schema_v1(p_schema text, p_company uuid) RETURNS TABLE (kind text, name text, definition text)
    LANGUAGE sql STABLE SET search_path = ''
AS $$
    WITH space AS (SELECT n.oid, n.nspacl FROM pg_catalog.pg_namespace n WHERE n.nspname = p_schema),
    tables AS (SELECT c.oid, c.relname, c.relacl, c.relrowsecurity, c.relforcerowsecurity, c.relowner
                 FROM pg_catalog.pg_class c JOIN space ON c.relnamespace = space.oid WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')),
    routines AS (SELECT p.* FROM pg_catalog.pg_proc p JOIN space ON p.pronamespace = space.oid),
    objects AS (
        SELECT 'schema' AS kind, 'grants' AS name, (SELECT pg_catalog.string_agg(a::text, ',' ORDER BY a::text)
               FROM pg_catalog.unnest(space.nspacl) a) AS definition FROM space
        UNION ALL
        SELECT 'table', t.relname, pg_catalog.concat_ws(' ', pg_catalog.pg_get_userbyid(t.relowner), t.relrowsecurity, t.relforcerowsecurity,
               (SELECT pg_catalog.string_agg(a::text, ',' ORDER BY a::text) FROM pg_catalog.unnest(t.relacl) a),
               pg_catalog.obj_description(t.oid, 'pg_class')) FROM tables t
        UNION ALL
        SELECT 'column', t.relname || '.' || a.attname, pg_catalog.concat_ws(' ',
               pg_catalog.row_number() OVER (PARTITION BY t.oid ORDER BY a.attnum),
               pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid),
               (SELECT pg_catalog.string_agg(g::text, ',' ORDER BY g::text) FROM pg_catalog.unnest(a.attacl) g),
               pg_catalog.col_description(t.oid, a.attnum))
          FROM tables t JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
          LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
        UNION ALL
        SELECT 'constraint', t.relname || '.' || k.conname, pg_catalog.pg_get_constraintdef(k.oid)
          FROM tables t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid
        UNION ALL
        SELECT 'index', i.relname, pg_catalog.pg_get_indexdef(i.oid)
          FROM tables t JOIN pg_catalog.pg_index x ON x.indrelid = t.oid JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        UNION ALL
        SELECT 'trigger', t.relname || '.' || g.tgname, pg_catalog.pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::text
          FROM tables t JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
        UNION ALL
        SELECT 'policy', t.relname || '.' || p.polname, pg_catalog.concat_ws(' ', p.polcmd, p.polpermissive,
               (SELECT pg_catalog.string_agg(pg_catalog.pg_get_userbyid(r), ',' ORDER BY r) FROM pg_catalog.unnest(p.polroles) r),
               pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
          FROM tables t JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid
        UNION ALL
        SELECT 'function', r.proname || '(' || pg_catalog.pg_get_function_identity_arguments(r.oid) || ')', pg_catalog.concat_ws(' ',
               pg_catalog.pg_get_functiondef(r.oid), pg_catalog.pg_get_userbyid(r.proowner),
               (SELECT pg_catalog.string_agg(a::text, ',' ORDER BY a::text) FROM pg_catalog.unnest(r.proacl) a),
               pg_catalog.obj_description(r.oid, 'pg_proc'))
          FROM routines r WHERE r.prokind IN ('f', 'p')
    )
    SELECT o.kind, o.name, pg_catalog.replace(pg_catalog.replace(coalesce(o.definition, ''),
           pg_catalog.quote_ident(p_schema) || '.', '{{schema}}.'), p_company::text, '{{company}}')
      FROM objects o
$$;
ALTER FUNCTION core.describe_schema_v1(text, uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.describe_schema_v1(text, uuid) FROM PUBLIC;

CREATE FUNCTION core.company_schema_diff_v1(p_schema text) RETURNS TABLE (kind text, name text, template text, company text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT coalesce(t.kind, c.kind), coalesce(t.name, c.name), t.definition, c.definition
      FROM core.describe_schema_v1('_template_base', '00000000-0000-0000-0000-000000000000') t
      FULL JOIN core.describe_schema_v1(p_schema, (SELECT m.company_id FROM core.company_crms m WHERE m.schema_name = p_schema)) c
        ON c.kind = t.kind AND c.name = t.name
     WHERE t.definition IS DISTINCT FROM c.definition
     ORDER BY 1, 2
$$;
ALTER FUNCTION core.company_schema_diff_v1(text) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.company_schema_diff_v1(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.company_schema_diff_v1(text) TO backoffice_app, core_migrator;
COMMENT ON FUNCTION core.company_schema_diff_v1(text) IS 'What differs between _template_base and a company''s schema: tables, columns, constraints, indexes, triggers, policies, functions, grants, comments. No row: equal.';
