-- Two companies that try to read each other are marked, so that no list of the holding shows them; and a
-- company's own front gets its door for leads. A column with a constant default, an index of the marked ones and
-- policies, each under a short exclusive lock on core.companies or core.deals_index; no rewrite. And a function that
-- looks at the walls of all, and how far it has come.

ALTER TABLE core.companies ADD COLUMN canary boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN core.companies.canary IS 'Made by the isolation probe and nobody''s: in no list, limit or figure.';

-- Restrictive, so that it holds whatever a list asks. The people of the holding read through this role and no
-- other.
CREATE POLICY no_canaries ON core.companies AS RESTRICTIVE FOR SELECT TO backoffice_reader USING (NOT canary);

-- Their deals are ordinary ones and stand in the index of deals. Asked once a statement: a look for each deal would
-- make a list dear. Of all companies, so by the owner of the look-ups.
CREATE INDEX companies_canaries_idx ON core.companies (id) WHERE canary;
COMMENT ON INDEX core.companies_canaries_idx IS 'Serves canary_companies_v1.';
CREATE FUNCTION core.canary_companies_v1() RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN ARRAY(SELECT k.id FROM core.companies k WHERE k.canary);
END
$$;
ALTER FUNCTION core.canary_companies_v1() OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.canary_companies_v1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.canary_companies_v1() TO backoffice_reader;
COMMENT ON FUNCTION core.canary_companies_v1() IS 'The companies of the isolation probe.';
-- With <> ALL the planner expects to see no deal at all where one company has most of them, and sorts what it could
-- walk in order; of a list that it does not know it expects @> to be rare.
CREATE POLICY no_canaries ON core.deals_index AS RESTRICTIVE FOR SELECT TO backoffice_reader
    USING (NOT (SELECT core.canary_companies_v1()) @> ARRAY[company_id]);

-- The front may hand a lead over as the back office does; what the deal tells core, the trigger tells.
INSERT INTO core.template_steps (version, name, sql) VALUES (3, 'hand-off door of the company''s own front', $step$
GRANT EXECUTE ON FUNCTION {{schema}}.fn_receive_lead(uuid, uuid, jsonb) TO crm_user;
$step$);

SELECT core.migrate_template_v1();

-- The locks of some companies' schemas beside the template's, by the catalogue and without a lock; one scan of
-- it for all of them, and not one for each.
-- A company that is behind the template, or was left behind, has what later steps change in its older form, and
-- somebody may have made a table in it: there a lock is good that holds by itself, which is what a house rule
-- asks of every policy of the template (it compares the company with the claim, or is the provisioner's).
-- What nobody but its owner may touch is no door. A grant of columns is kept with each column and not in the
-- grants of its table.
CREATE FUNCTION core.company_walls_v1(p_after uuid, p_limit int) RETURNS TABLE (company_id uuid, faults text[])
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    own CONSTANT text := '(company_id = ( SELECT core.company() AS company))';
    provisioner CONSTANT oid := (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = 'core_provisioner');
BEGIN
    RETURN QUERY
    WITH batch AS MATERIALIZED (
        SELECT c.company_id, c.schema_name, c.template_version FROM core.company_crms c
         WHERE c.company_id > p_after ORDER BY c.company_id LIMIT p_limit),
    spaces AS MATERIALIZED (
        SELECT b.company_id, b.schema_name, b.template_version = t.template_version AS level, n.oid, n.nspowner, n.nspacl
          FROM batch b JOIN pg_catalog.pg_namespace n ON n.nspname = b.schema_name CROSS JOIN core.template_state t
         UNION ALL
        SELECT '00000000-0000-0000-0000-000000000000', '_template_base', true, n.oid, n.nspowner, n.nspacl
          FROM pg_catalog.pg_namespace n WHERE n.nspname = '_template_base'),
    relations AS MATERIALIZED (
        SELECT s.company_id, s.schema_name, c.oid, c.relname::text AS thing, c.relkind, c.relowner, c.relacl,
               c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
               c.relkind = 'v' AND coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false) AS as_caller,
               EXISTS (SELECT FROM pg_catalog.aclexplode(c.relacl || (
                           SELECT pg_catalog.array_agg(g)
                             FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.unnest(a.attacl) g
                            WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped)) x
                        WHERE x.grantee <> c.relowner) AS shared
          FROM spaces s JOIN pg_catalog.pg_class c ON c.relnamespace = s.oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')),
    -- open: whatever the template says of it.
    pieces AS MATERIALIZED (
        SELECT s.company_id, NULL::oid AS relation, '' AS thing, 'grants of the schema' AS piece, false AS open,
               pg_catalog.concat_ws(' ', pg_catalog.pg_get_userbyid(s.nspowner),
                   (SELECT pg_catalog.string_agg(a::text, ',' ORDER BY a::text) FROM pg_catalog.unnest(s.nspacl) a)) AS definition
          FROM spaces s
         UNION ALL
        SELECT r.company_id, r.oid, r.thing, 'row-level security',
               r.shared AND NOT CASE WHEN r.relkind IN ('r', 'p') THEN r.enabled AND r.forced ELSE r.as_caller END,
               pg_catalog.concat_ws(' ', r.relkind, r.enabled, r.forced, r.as_caller)
          FROM relations r
         UNION ALL
        SELECT r.company_id, r.oid, r.thing, 'owner or grants', false,
               pg_catalog.concat_ws(' ', pg_catalog.pg_get_userbyid(r.relowner),
                   (SELECT pg_catalog.string_agg(a::text, ',' ORDER BY a::text) FROM pg_catalog.unnest(r.relacl) a),
                   (SELECT pg_catalog.string_agg(a.attname || ' ' || g::text, ',' ORDER BY a.attname, g::text)
                      FROM pg_catalog.pg_attribute a CROSS JOIN LATERAL pg_catalog.unnest(a.attacl) g
                     WHERE a.attrelid = r.oid AND a.attacl IS NOT NULL AND NOT a.attisdropped))
          FROM relations r
         UNION ALL
        SELECT r.company_id, r.oid, r.thing, 'policy ' || p.polname,
               p.polpermissive AND p.polroles <> ARRAY[provisioner]
               AND NOT (coalesce(x.qual, x.checked) = own AND coalesce(x.checked, x.qual) = own),
               pg_catalog.concat_ws(' ', p.polcmd, p.polpermissive,
                   (SELECT pg_catalog.string_agg(pg_catalog.pg_get_userbyid(o), ',' ORDER BY o) FROM pg_catalog.unnest(p.polroles) o),
                   pg_catalog.replace(pg_catalog.replace(pg_catalog.concat('using ', x.qual, ' check ', x.checked),
                       pg_catalog.quote_ident(r.schema_name) || '.', '{{schema}}.'), r.company_id::text, '{{company}}'))
          FROM relations r
          JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
         CROSS JOIN LATERAL (SELECT pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS qual,
                                    pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS checked) x
         UNION ALL
        SELECT s.company_id, NULL, f.proname || '()', 'owner or grants of the function ' || f.proname || '('
                   || pg_catalog.replace(pg_catalog.pg_get_function_identity_arguments(f.oid),
                                         pg_catalog.quote_ident(s.schema_name) || '.', '') || ')',
               f.prosecdef, pg_catalog.concat_ws(' ', pg_catalog.pg_get_userbyid(f.proowner), f.prosecdef,
                   (SELECT pg_catalog.string_agg(a::text, ',' ORDER BY a::text) FROM pg_catalog.unnest(f.proacl) a))
          FROM spaces s JOIN pg_catalog.pg_proc f ON f.pronamespace = s.oid),
    known AS (SELECT p.* FROM pieces p WHERE p.company_id = '00000000-0000-0000-0000-000000000000'),
    differing AS MATERIALIZED (
        SELECT p.company_id, p.relation, p.thing, p.piece
          FROM pieces p
          JOIN spaces s ON s.company_id = p.company_id AND s.schema_name <> '_template_base'
          LEFT JOIN known k ON k.thing = p.thing AND k.piece = p.piece
         WHERE CASE WHEN s.level AND p.thing IN (SELECT o.thing FROM known o)
                    THEN p.definition IS DISTINCT FROM k.definition ELSE p.open END
         UNION ALL
        -- A policy that is gone may have been the one that restricts.
        SELECT s.company_id, r.oid, k.thing, k.piece
          FROM known k
          JOIN relations r ON r.thing = k.thing
          JOIN spaces s ON s.company_id = r.company_id AND s.level
         WHERE NOT EXISTS (SELECT FROM pieces p
                            WHERE p.company_id = s.company_id AND p.thing = k.thing AND p.piece = k.piece))
    SELECT b.company_id, ARRAY(
               SELECT pg_catalog.concat_ws('.', b.schema_name, nullif(d.thing, '')) || ': ' || d.piece
                 FROM differing d
                -- Its policies cannot be read of a table that went meanwhile, with a making that was undone.
                WHERE d.company_id = b.company_id
                  AND (d.relation IS NULL OR pg_catalog.to_regclass(pg_catalog.format('%I.%I', b.schema_name, d.thing)) = d.relation)
                ORDER BY 1)
      FROM batch b
     ORDER BY b.company_id;
END
$$;
ALTER FUNCTION core.company_walls_v1(uuid, int) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.company_walls_v1(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.company_walls_v1(uuid, int) TO backoffice_app;
COMMENT ON FUNCTION core.company_walls_v1(uuid, int) IS 'The next companies by id and what of their schemas'' owners, grants, policies and row-level security is not the template''s, or holds by no claim. No fault: an empty list.';

-- The job that compares changes its owner; the next one goes on where the one before stopped.
CREATE TABLE core.walls_compared (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    up_to       uuid NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE core.walls_compared IS 'How far the turn through all companies'' locks is. No company. Retention: overwritten.';
COMMENT ON COLUMN core.walls_compared.up_to IS 'The last company that was compared; of zeros alone: the turn begins.';
INSERT INTO core.walls_compared (up_to) VALUES ('00000000-0000-0000-0000-000000000000');
GRANT SELECT, UPDATE ON core.walls_compared TO backoffice_app;
