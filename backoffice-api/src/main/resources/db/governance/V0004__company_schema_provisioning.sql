-- One code makes and migrates every company's schema: ordered steps, applied to _template_base and to each company, each exactly once.
-- Only creates; provisioning takes an advisory lock per schema for its transaction.

CREATE TABLE core.template_steps (
    version  int PRIMARY KEY CHECK (version > 0),
    name     text NOT NULL UNIQUE,
    sql      text NOT NULL
);
COMMENT ON TABLE core.template_steps IS 'What every company schema is made of, in order; {{schema}} and {{company}} are filled in. Retention: for ever, a step is never edited.';
CREATE TABLE core.template_state (
    only_row          boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    template_version  int NOT NULL
);
COMMENT ON TABLE core.template_state IS 'The last step that _template_base has. Retention: for ever.';
INSERT INTO core.template_state (template_version) VALUES (0);
GRANT SELECT ON core.template_steps TO core_provisioner, backoffice_app;
GRANT SELECT, UPDATE ON core.template_state TO core_provisioner;

CREATE TABLE core.company_creations (
    actor         text NOT NULL,
    key           text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
    request_hash  bytea NOT NULL,
    new_company   uuid NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (actor, key)
);
COMMENT ON TABLE core.company_creations IS 'Idempotency of creating a company, which no company owns yet. Retention: thirty days.';
GRANT SELECT, INSERT ON core.company_creations TO core_provisioner;

-- A repeated or interrupted request gets the id of the first one and goes on with it.
CREATE FUNCTION core.reserve_company_v1(p_actor text, p_key text, p_request_hash bytea, p_company uuid)
    RETURNS TABLE (company_id uuid, first boolean, same_request boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
    INSERT INTO core.company_creations (actor, key, request_hash, new_company)
    VALUES (p_actor, p_key, p_request_hash, p_company)
    ON CONFLICT DO NOTHING;
    RETURN QUERY
        SELECT c.new_company, c.new_company = p_company, c.request_hash = p_request_hash
          FROM core.company_creations c
         WHERE c.actor = p_actor AND c.key = p_key;
END
$$;
ALTER FUNCTION core.reserve_company_v1(text, text, bytea, uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.reserve_company_v1(text, text, bytea, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.reserve_company_v1(text, text, bytea, uuid) TO backoffice_app;

CREATE FUNCTION core.apply_template_steps(p_schema text, p_company uuid, p_after int) RETURNS int
    LANGUAGE plpgsql SET search_path = ''
AS $$
DECLARE
    step record;
    reached int := p_after;
BEGIN
    FOR step IN SELECT s.version, s.sql FROM core.template_steps s WHERE s.version > p_after ORDER BY s.version LOOP
        EXECUTE pg_catalog.replace(
            pg_catalog.replace(step.sql, '{{schema}}', pg_catalog.quote_ident(p_schema)), '{{company}}', p_company::text);
        reached := step.version;
    END LOOP;
    RETURN reached;
END
$$;
ALTER FUNCTION core.apply_template_steps(text, uuid, int) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.apply_template_steps(text, uuid, int) FROM PUBLIC;
COMMENT ON FUNCTION core.apply_template_steps(text, uuid, int) IS 'Applies the steps after the given one, in the transaction of the caller; returns the last one applied.';

-- Every table of a company's schema: the company's own front and the back office, each only with the right claim; its owner may backfill in later steps.
CREATE FUNCTION core.protect_company_table(p_table regclass, p_privileges text) RETURNS void
    LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    EXECUTE pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
    EXECUTE pg_catalog.format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
    EXECUTE pg_catalog.format('CREATE POLICY backoffice_app ON %s TO backoffice_app '
        'USING (company_id = (SELECT core.company())) WITH CHECK (company_id = (SELECT core.company()))', p_table);
    EXECUTE pg_catalog.format('CREATE POLICY crm_user ON %s TO crm_user '
        'USING (company_id = (SELECT core.company())) WITH CHECK (company_id = (SELECT core.company()))', p_table);
    EXECUTE pg_catalog.format('CREATE POLICY core_provisioner ON %s TO core_provisioner USING (true)', p_table);
    EXECUTE pg_catalog.format('GRANT %s ON %s TO backoffice_app, crm_user', p_privileges, p_table);
END
$$;
ALTER FUNCTION core.protect_company_table(regclass, text) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.protect_company_table(regclass, text) FROM PUBLIC;

CREATE FUNCTION core.migrate_template_v1() RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    has int;
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
    SELECT t.template_version INTO STRICT has FROM core.template_state t FOR UPDATE;
    IF has = 0 THEN
        CREATE SCHEMA _template_base;
    END IF;
    has := core.apply_template_steps('_template_base', nobody, has);
    UPDATE core.template_state SET template_version = has;
    RETURN has;
END
$$;
ALTER FUNCTION core.migrate_template_v1() OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.migrate_template_v1() FROM PUBLIC;
COMMENT ON FUNCTION core.migrate_template_v1() IS 'Brings _template_base to the newest step. Called by the migration that adds a step.';

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

CREATE FUNCTION core.migrate_company_v1(p_company uuid) RETURNS TABLE (schema_name text, template_version int)
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
ALTER FUNCTION core.migrate_company_v1(uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.migrate_company_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.migrate_company_v1(uuid) TO backoffice_app;
COMMENT ON FUNCTION core.migrate_company_v1(uuid) IS 'Brings a company''s schema to the newest step, all in one transaction; nothing to do: changes nothing.';

CREATE FUNCTION core.provision_company_v1(p_company uuid) RETURNS TABLE (schema_name text, template_version int)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
DECLARE
    company record;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('core.company_schema:' || p_company::text, 0));
    SELECT c.schema_name, c.status INTO company FROM core.companies c WHERE c.id = p_company;
    IF NOT FOUND OR company.status = 'archived' THEN
        RAISE EXCEPTION 'company % does not exist or is archived', p_company USING ERRCODE = 'P0002';
    END IF;
    IF NOT EXISTS (SELECT FROM core.company_crms c WHERE c.company_id = p_company) THEN
        INSERT INTO core.company_crms (company_id, schema_name) VALUES (p_company, company.schema_name);
        -- Not IF NOT EXISTS: a schema that we did not make is not taken over.
        EXECUTE pg_catalog.format('CREATE SCHEMA %I', company.schema_name);
    END IF;
    RETURN QUERY SELECT m.schema_name, m.template_version FROM core.migrate_company_v1(p_company) m;
END
$$;
ALTER FUNCTION core.provision_company_v1(uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.provision_company_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.provision_company_v1(uuid) TO backoffice_app;
COMMENT ON FUNCTION core.provision_company_v1(uuid) IS 'Makes the company''s schema and brings it to the newest step, all or nothing; repeated, it goes on where it was.';
