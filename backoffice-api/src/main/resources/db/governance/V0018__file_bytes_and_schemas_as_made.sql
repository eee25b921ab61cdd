-- A plan also limits the bytes of a company's files; and a company that never became active is undone only while every row of
-- its schema is as our steps made it, not merely as many. Adds a column and an index to small tables: short locks.

CREATE INDEX files_bytes_idx ON core.files (company_id) INCLUDE (bytes);
COMMENT ON INDEX core.files_bytes_idx IS 'Serves the sum of a company''s files, which its plan may limit.';

ALTER TABLE core.limit_alerts DROP CONSTRAINT limit_alerts_what_check,
    ADD CONSTRAINT limit_alerts_what_check CHECK (what IN ('leads', 'instances', 'people', 'modelSpend', 'fileBytes'));
COMMENT ON COLUMN core.plans.limits IS 'By leads, instances, people, modelSpend, fileBytes: {"most": number, "then": "block" | "notify" | "allow"}; what is absent has no limit. modelSpend is cents of price_list.currency.';

-- What is leaving counts until its object is gone, and so does what the storage has lost: it may be found again.
CREATE OR REPLACE FUNCTION core.limits_reached_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, month date, what text, threshold int, used bigint, most bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT k.id, m.month, w.what, t.threshold, u.used, l.most
      FROM core.company_plans c
      JOIN core.companies k ON k.id = c.company_id AND k.status = 'active' AND NOT k.canary
     CROSS JOIN unnest(ARRAY['leads', 'instances', 'people', 'modelSpend', 'fileBytes']) AS w (what)
     CROSS JOIN LATERAL core.plan_limit_v1(k.id, w.what) AS l
     CROSS JOIN LATERAL (SELECT core.plan_month_v1(k.id, p_now) AS month) AS m
     CROSS JOIN LATERAL (SELECT CASE w.what
           WHEN 'instances' THEN (SELECT count(*) FROM core.channel_instances i WHERE i.company_id = k.id AND i.deleted_at IS NULL)
           WHEN 'people' THEN (SELECT count(*) FROM core.company_users p WHERE p.company_id = k.id AND p.status <> 'inactive')
           -- Asked of those alone who have such a limit: whoever has none may have many files.
           WHEN 'fileBytes' THEN (SELECT sum(f.bytes)::bigint FROM core.files f WHERE f.company_id = k.id AND l.most IS NOT NULL)
           ELSE (SELECT sum(n.used)::bigint / CASE w.what WHEN 'modelSpend' THEN 1000000 ELSE 1 END
                   FROM core.usage_months n
                  WHERE n.company_id = k.id AND n.month = m.month AND n.what = w.what) END AS used) AS u
     CROSS JOIN unnest(ARRAY[80, 100]) AS t (threshold)
     WHERE l.behaviour IN ('block', 'notify') AND u.used > 0 AND u.used * 100 >= l.most * t.threshold
       AND NOT EXISTS (SELECT FROM core.limit_alerts a
                        WHERE a.company_id = k.id AND a.month = m.month AND a.what = w.what AND a.threshold = t.threshold)
     ORDER BY k.id, w.what, t.threshold
     LIMIT p_limit;
END
$$;

ALTER TABLE core.company_crms ADD COLUMN as_made text;
COMMENT ON COLUMN core.company_crms.as_made IS 'What the rows of the schema said when our steps had made any last; NULL: unknown, then it is not undone. Says nothing of a company that became active.';

-- A row more, less or otherwise makes another text. Locks each table to the end of the transaction, so that whoever writes
-- is waited for and seen, and nobody begins to.
CREATE FUNCTION core.company_schema_rows(p_schema text) RETURNS text
    LANGUAGE plpgsql SET search_path = '' SET timezone = 'UTC' SET datestyle = 'ISO' SET intervalstyle = 'iso_8601' AS $$
DECLARE
    held record;
    hashed text;
    said text := '';
BEGIN
    FOR held IN SELECT c.relname FROM pg_catalog.pg_class c
                 WHERE c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(p_schema)) AND c.relkind IN ('r', 'p')
                 ORDER BY c.relname LOOP
        EXECUTE pg_catalog.format('LOCK TABLE %I.%I IN ACCESS EXCLUSIVE MODE', p_schema, held.relname);
        EXECUTE pg_catalog.format('SELECT md5(string_agg(md5(t::text), '''' ORDER BY md5(t::text) COLLATE "C")) FROM %I.%I t', p_schema, held.relname)
           INTO hashed;
        said := said || coalesce(held.relname || ' ' || hashed || E'\n', '');
    END LOOP;
    RETURN said;
END
$$;
ALTER FUNCTION core.company_schema_rows(text) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.company_schema_rows(text) FROM PUBLIC;

CREATE FUNCTION core.company_schema_untouched(p_company uuid) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    crm record;
BEGIN
    SELECT c.schema_name, c.template_version, c.as_made INTO crm
      FROM core.company_crms c JOIN core.companies k ON k.id = c.company_id
     WHERE c.company_id = p_company AND k.status IN ('provisioning', 'failed');
    RETURN FOUND AND (crm.template_version = 0 OR coalesce(crm.as_made = core.company_schema_rows(crm.schema_name), false));
END
$$;
ALTER FUNCTION core.company_schema_untouched(uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.company_schema_untouched(uuid) FROM PUBLIC;
COMMENT ON FUNCTION core.company_schema_untouched(uuid) IS 'Whether nobody but our steps ever wrote into the schema of a company that never became active; its tables stay locked then.';

CREATE OR REPLACE FUNCTION core.migrate_company_v1(p_company uuid) RETURNS TABLE (schema_name text, template_version int)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    crm record;
    reached int;
    untouched boolean;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('core.company_schema:' || p_company::text, 0));
    SELECT c.schema_name, c.template_version INTO crm FROM core.company_crms c WHERE c.company_id = p_company;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'company % has no schema yet', p_company USING ERRCODE = 'P0002';
    END IF;
    untouched := core.company_schema_untouched(p_company);
    reached := core.apply_template_steps(crm.schema_name, p_company, crm.template_version);
    UPDATE core.company_crms c
       SET template_version = reached, as_made = CASE WHEN untouched THEN core.company_schema_rows(crm.schema_name) END,
           updated_at = pg_catalog.clock_timestamp()
     WHERE c.company_id = p_company AND c.template_version <> reached;
    RETURN QUERY SELECT crm.schema_name, reached;
END
$$;

CREATE OR REPLACE FUNCTION core.migrate_company_step_v1(p_company uuid, p_target int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET lock_timeout = '1s' AS $$
DECLARE
    crm record;
    step record;
    untouched boolean;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('core.company_schema:' || p_company::text, 0));
    SELECT c.schema_name, c.template_version INTO crm FROM core.company_crms c WHERE c.company_id = p_company;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'company % has no schema yet', p_company USING ERRCODE = 'P0002';
    END IF;
    SELECT s.version, s.sql INTO step FROM core.template_steps s
     WHERE s.version > crm.template_version AND s.version <= p_target ORDER BY s.version LIMIT 1;
    IF NOT FOUND THEN
        RETURN crm.template_version;
    END IF;
    untouched := core.company_schema_untouched(p_company);
    EXECUTE pg_catalog.replace(
        pg_catalog.replace(step.sql, '{{schema}}', pg_catalog.quote_ident(crm.schema_name)), '{{company}}', p_company::text);
    UPDATE core.company_crms c
       SET template_version = step.version, as_made = CASE WHEN untouched THEN core.company_schema_rows(crm.schema_name) END,
           updated_at = pg_catalog.clock_timestamp()
     WHERE c.company_id = p_company;
    RETURN step.version;
END
$$;

CREATE OR REPLACE FUNCTION core.undo_company_schema_v1(p_company uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET lock_timeout = '2s' AS $$
DECLARE
    made text;
    ours CONSTANT oid := (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = 'core_provisioner');
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('core.company_schema:' || p_company::text, 0));
    SELECT c.schema_name INTO made FROM core.company_crms c WHERE c.company_id = p_company;
    IF NOT FOUND THEN
        RETURN 'none';
    END IF;
    IF EXISTS (SELECT FROM core.companies k WHERE k.id = p_company AND k.status NOT IN ('provisioning', 'failed')) THEN
        RETURN 'in-use';
    ELSIF EXISTS (SELECT FROM pg_catalog.pg_class c
                   WHERE c.relnamespace = pg_catalog.to_regnamespace(pg_catalog.quote_ident(made)) AND c.relowner <> ours) THEN
        RETURN 'not-ours';
    ELSIF NOT core.company_schema_untouched(p_company) THEN
        RETURN (SELECT CASE WHEN c.as_made IS NULL THEN 'rows-unknown' ELSE 'holds-rows' END
                  FROM core.company_crms c WHERE c.company_id = p_company);
    END IF;
    PERFORM core.drop_company_schema(made);
    DELETE FROM core.company_crms c WHERE c.company_id = p_company;
    RETURN 'dropped';
END
$$;
COMMENT ON FUNCTION core.undo_company_schema_v1(uuid) IS 'Drops the schema that was made for a company that never became active. Answers dropped, none, in-use, not-ours, holds-rows or rows-unknown (what our steps made of it was not kept); only dropped changes something.';
DROP FUNCTION core.company_schema_holds_rows(text);
