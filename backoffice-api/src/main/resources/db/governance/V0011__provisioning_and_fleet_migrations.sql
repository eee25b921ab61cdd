-- Making a company is a process whose steps are seen, gone on with and undone; the schemas of all companies
-- are migrated by one that is watched, halted and gone on with. Only creates; the index holds off writes to
-- the small core.companies for a moment.

CREATE TABLE core.company_provisionings (
    id            uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id    uuid NOT NULL REFERENCES core.companies (id),
    state         text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'failed', 'undone')),
    reason        text,
    started_by    text NOT NULL,
    started_role  text NOT NULL,
    version       int NOT NULL DEFAULT 1,
    started_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at   timestamptz,
    updated_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id),
    CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'undone')))
);
COMMENT ON TABLE core.company_provisionings IS 'The making of a company: how far it is and who asked for it. Retention: life of the company.';
COMMENT ON COLUMN core.company_provisionings.started_by IS 'sub of the token: whoever finishes it acts in this person''s name.';
SELECT core.protect('core.company_provisionings', 'backoffice_app', 'SELECT,INSERT,UPDATE');

CREATE TABLE core.company_provisioning_steps (
    id           uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id   uuid NOT NULL REFERENCES core.company_provisionings (company_id),
    step         text NOT NULL CHECK (step ~ '^[a-z][a-z_]{1,39}$'),
    place        int NOT NULL,
    state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'undone')),
    attempts     int NOT NULL DEFAULT 0,
    reason       text,
    started_at   timestamptz,
    finished_at  timestamptz,
    updated_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, step)
);
COMMENT ON TABLE core.company_provisioning_steps IS 'One step of the making of a company, marked done by the transaction that does it. Retention: life of the company.';
SELECT core.protect('core.company_provisioning_steps', 'backoffice_app', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.company_provisioning_steps', 'core_sweep', 'SELECT');

CREATE INDEX companies_half_made_idx ON core.companies (updated_at) WHERE status = 'provisioning';
COMMENT ON INDEX core.companies_half_made_idx IS 'Serves companies_half_made_v1.';

-- Each failed attempt makes the next one wait longer, up to ten times the age.
CREATE FUNCTION core.companies_half_made_v1(p_limit int, p_age interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN QUERY
    SELECT k.id
      FROM core.companies k
     WHERE k.status = 'provisioning' AND k.updated_at <= p_now - p_age
       AND NOT EXISTS (
           SELECT FROM core.company_provisioning_steps s
            WHERE s.company_id = k.id
              AND s.updated_at > p_now - p_age * CASE WHEN s.state = 'running' THEN least(s.attempts, 10) ELSE 1 END)
     ORDER BY k.updated_at
     LIMIT p_limit;
END
$$;
ALTER FUNCTION core.companies_half_made_v1(int, interval, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.companies_half_made_v1(int, interval, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.companies_half_made_v1(int, interval, timestamptz) TO backoffice_app;
COMMENT ON FUNCTION core.companies_half_made_v1(int, interval, timestamptz) IS 'Companies whose making was begun, is not refused and stands still; ids only. Served by companies_half_made_idx.';

-- Never CASCADE: what hangs on the schema from outside, or is of a kind that our steps do not make, is
-- somebody's, and the drop is refused.
CREATE FUNCTION core.drop_company_schema(p_schema text) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    space CONSTANT oid := pg_catalog.to_regnamespace(pg_catalog.quote_ident(p_schema));
    names text;
BEGIN
    SELECT pg_catalog.string_agg(c.oid::pg_catalog.regclass::text, ', ') INTO names
      FROM pg_catalog.pg_class c WHERE c.relnamespace = space AND c.relkind = 'v';
    IF names IS NOT NULL THEN
        EXECUTE 'DROP VIEW ' || names;
    END IF;
    SELECT pg_catalog.string_agg(c.oid::pg_catalog.regclass::text, ', ') INTO names
      FROM pg_catalog.pg_class c WHERE c.relnamespace = space AND c.relkind IN ('r', 'p');
    IF names IS NOT NULL THEN
        EXECUTE 'DROP TABLE ' || names;
    END IF;
    SELECT pg_catalog.string_agg(p.oid::pg_catalog.regprocedure::text, ', ') INTO names
      FROM pg_catalog.pg_proc p WHERE p.pronamespace = space;
    IF names IS NOT NULL THEN
        EXECUTE 'DROP ROUTINE ' || names;
    END IF;
    EXECUTE pg_catalog.format('DROP SCHEMA %I', p_schema);
END
$$;
ALTER FUNCTION core.drop_company_schema(text) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.drop_company_schema(text) FROM PUBLIC;

GRANT DELETE ON core.company_crms TO core_provisioner;

CREATE FUNCTION core.undo_company_schema_v1(p_company uuid) RETURNS text
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
ALTER FUNCTION core.undo_company_schema_v1(uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.undo_company_schema_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.undo_company_schema_v1(uuid) TO backoffice_app;
COMMENT ON FUNCTION core.undo_company_schema_v1(uuid) IS 'Drops the schema that was made for a company that never became active. Answers dropped, none, in-use, not-ours, holds-rows or rows-unknown (what our steps made of it was not kept); only dropped changes something.';

CREATE TABLE core.fleet_migrations (
    id              uuid PRIMARY KEY DEFAULT core.uuid7(),
    state           text NOT NULL CHECK (state IN ('canary', 'running', 'halted', 'incomplete', 'finished')),
    target_version  int NOT NULL,
    canary          uuid REFERENCES core.companies (id),
    at_once         int NOT NULL CHECK (at_once BETWEEN 1 AND 6),
    reason          text,
    started_by      text NOT NULL,
    request_key     text CHECK (length(request_key) BETWEEN 1 AND 200),
    request_hash    bytea,
    version         int NOT NULL DEFAULT 1,
    started_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at     timestamptz,
    updated_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX fleet_migrations_open_key ON core.fleet_migrations ((true)) WHERE state IN ('canary', 'running');
COMMENT ON INDEX core.fleet_migrations_open_key IS 'One at a time.';
CREATE UNIQUE INDEX fleet_migrations_request_key ON core.fleet_migrations (started_by, request_key) WHERE request_key IS NOT NULL;
COMMENT ON TABLE core.fleet_migrations IS 'Bringing every company''s schema to one template version. No company. Retention: five years.';
COMMENT ON COLUMN core.fleet_migrations.state IS 'canary: one company first; running: all others; halted: nothing more is begun; incomplete: some are quarantined; finished: all are there.';
COMMENT ON COLUMN core.fleet_migrations.canary IS 'The company that goes first; empty: none was behind.';
ALTER TABLE core.fleet_migrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.fleet_migrations FORCE ROW LEVEL SECURITY;
CREATE POLICY holding_backoffice_app ON core.fleet_migrations TO backoffice_app USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE ON core.fleet_migrations TO backoffice_app;
SELECT core.admit('core.fleet_migrations', 'core_provisioner', 'SELECT,INSERT,UPDATE');

CREATE TABLE core.company_migrations (
    id                uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id        uuid NOT NULL REFERENCES core.companies (id),
    migration_id      uuid NOT NULL,
    state             text NOT NULL CHECK (state IN ('running', 'waiting', 'done', 'quarantined')),
    template_version  int NOT NULL,
    attempts          int NOT NULL DEFAULT 0,
    sqlstate          text,
    reason            text,
    next_try_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at       timestamptz,
    updated_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, migration_id)
);
CREATE INDEX company_migrations_list_idx ON core.company_migrations (migration_id, id);
COMMENT ON TABLE core.company_migrations IS 'What one migration of the fleet did to one company''s schema, or why it could not. Retention: life of the company.';
COMMENT ON COLUMN core.company_migrations.migration_id IS 'core.fleet_migrations.id, which belongs to no company.';
COMMENT ON COLUMN core.company_migrations.reason IS 'The step and what PostgreSQL said of it: names of objects, never a value.';
SELECT core.protect('core.company_migrations', 'backoffice_app', 'SELECT,INSERT,UPDATE');
SELECT core.admit('core.company_migrations', 'core_provisioner', 'SELECT,UPDATE');
SELECT core.admit('core.company_migrations', 'backoffice_reader', 'SELECT');
CREATE INDEX company_crms_version_idx ON core.company_crms (template_version);
COMMENT ON INDEX core.company_crms_version_idx IS 'Serves companies_behind_v1: mostly nobody is.';

-- One step a call, so that each is a short transaction, its locks are held briefly and the next version of
-- the services finds either version whole. Rather refused after a second than standing in a queue before the
-- company's own work.
CREATE FUNCTION core.migrate_company_step_v1(p_company uuid, p_target int) RETURNS int
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
ALTER FUNCTION core.migrate_company_step_v1(uuid, int) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.migrate_company_step_v1(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.migrate_company_step_v1(uuid, int) TO backoffice_app;
COMMENT ON FUNCTION core.migrate_company_step_v1(uuid, int) IS 'Applies the next template step up to the target to a company''s schema and returns the version reached; nothing to do: changes nothing.';

-- A company of the probe is nobody's to send ahead, and goes ahead by itself only where no other is behind.
CREATE FUNCTION core.start_fleet_migration_v1(p_id uuid, p_canary uuid, p_at_once int, p_by text, p_key text, p_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    target CONSTANT int := (SELECT t.template_version FROM core.template_state t);
    first_one uuid := p_canary;
BEGIN
    -- One asks after the other, so that two askers do not both find none.
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('core.fleet_migrations', 0));
    IF EXISTS (SELECT FROM core.fleet_migrations f WHERE f.started_by = p_by AND f.request_key = p_key) THEN
        RETURN 'repeated';
    ELSIF EXISTS (SELECT FROM core.fleet_migrations f WHERE f.state IN ('canary', 'running')) THEN
        RETURN 'running';
    ELSIF p_canary IS NULL THEN
        -- The newest has the least to lose.
        SELECT c.company_id INTO first_one
          FROM core.company_crms c JOIN core.companies k ON k.id = c.company_id
         WHERE c.template_version < target AND k.status <> 'archived'
         ORDER BY k.canary, c.company_id DESC LIMIT 1;
    ELSIF NOT EXISTS (SELECT FROM core.company_crms c JOIN core.companies k ON k.id = c.company_id
                       WHERE c.company_id = p_canary AND k.status <> 'archived' AND NOT k.canary) THEN
        RETURN 'canary-unknown';
    END IF;
    INSERT INTO core.fleet_migrations (id, state, target_version, canary, at_once, started_by, request_key, request_hash, finished_at)
    VALUES (p_id, CASE WHEN first_one IS NULL THEN 'finished' ELSE 'canary' END, target, first_one, p_at_once, p_by, p_key, p_hash,
            CASE WHEN first_one IS NULL THEN pg_catalog.clock_timestamp() END);
    RETURN 'started';
END
$$;
ALTER FUNCTION core.start_fleet_migration_v1(uuid, uuid, int, text, text, bytea) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.start_fleet_migration_v1(uuid, uuid, int, text, text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.start_fleet_migration_v1(uuid, uuid, int, text, text, bytea) TO backoffice_app;
COMMENT ON FUNCTION core.start_fleet_migration_v1(uuid, uuid, int, text, text, bytea) IS 'Begins to bring every company to the template''s version. Answers started, repeated, running or canary-unknown.';

CREATE FUNCTION core.retry_fleet_migration_v1(p_id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    was text;
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('core.fleet_migrations', 0));
    SELECT f.state INTO was FROM core.fleet_migrations f WHERE f.id = p_id FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'unknown';
    ELSIF was IN ('canary', 'running') THEN
        RETURN 'already';
    ELSIF was = 'finished' THEN
        RETURN 'ended';
    ELSIF EXISTS (SELECT FROM core.fleet_migrations f WHERE f.state IN ('canary', 'running')) THEN
        RETURN 'running';
    END IF;
    UPDATE core.company_migrations m
       SET state = 'waiting', attempts = 0, next_try_at = pg_catalog.clock_timestamp(), updated_at = pg_catalog.clock_timestamp()
     WHERE m.migration_id = p_id AND m.state IN ('quarantined', 'waiting');
    -- From the canary on again: it costs nothing where it is there already.
    UPDATE core.fleet_migrations f
       SET state = 'canary', reason = NULL, finished_at = NULL, updated_at = pg_catalog.clock_timestamp(), version = f.version + 1
     WHERE f.id = p_id;
    RETURN 'retried';
END
$$;
ALTER FUNCTION core.retry_fleet_migration_v1(uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.retry_fleet_migration_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.retry_fleet_migration_v1(uuid) TO backoffice_app;
COMMENT ON FUNCTION core.retry_fleet_migration_v1(uuid) IS 'Goes on with a migration that was halted or left some behind. Answers retried, already (it is under way), ended, running (another one) or unknown.';

CREATE FUNCTION core.halt_fleet_migration_v1(p_id uuid, p_reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE core.fleet_migrations f
       SET state = 'halted', reason = p_reason, updated_at = pg_catalog.clock_timestamp(), version = f.version + 1
     WHERE f.id = p_id AND f.state IN ('canary', 'running');
    IF FOUND THEN
        RETURN 'halted';
    END IF;
    RETURN coalesce((SELECT CASE f.state WHEN 'halted' THEN 'already' ELSE 'ended' END FROM core.fleet_migrations f WHERE f.id = p_id), 'unknown');
END
$$;
ALTER FUNCTION core.halt_fleet_migration_v1(uuid, text) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.halt_fleet_migration_v1(uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.halt_fleet_migration_v1(uuid, text) TO backoffice_app;
COMMENT ON FUNCTION core.halt_fleet_migration_v1(uuid, text) IS 'Nothing more is begun; what is under way ends. Answers halted, already, ended or unknown.';

CREATE FUNCTION core.companies_behind_v1(p_migration uuid, p_limit int, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT c.company_id
      FROM core.fleet_migrations f
      JOIN core.company_crms c ON c.template_version < f.target_version AND (f.state <> 'canary' OR c.company_id = f.canary)
      JOIN core.companies k ON k.id = c.company_id AND k.status <> 'archived'
      LEFT JOIN core.company_migrations m ON m.company_id = c.company_id AND m.migration_id = f.id
     WHERE f.id = p_migration AND f.state IN ('canary', 'running')
       AND (m.id IS NULL OR m.state <> 'quarantined' AND m.next_try_at <= p_now)
     ORDER BY c.company_id
     LIMIT p_limit;
END
$$;
ALTER FUNCTION core.companies_behind_v1(uuid, int, timestamptz) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.companies_behind_v1(uuid, int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.companies_behind_v1(uuid, int, timestamptz) TO backoffice_app;
COMMENT ON FUNCTION core.companies_behind_v1(uuid, int, timestamptz) IS 'Whom an open migration may migrate now: the canary alone, then all that are behind and neither quarantined nor waiting; ids only.';

-- Canaries are migrated like all others, left over until they are, and counted when they are quarantined.
CREATE FUNCTION core.fleet_migration_progress_v1(p_migration uuid)
    RETURNS TABLE (companies int, migrated int, quarantined int, quarantined_of_probe int, left_over int, canary_version int,
                   newest_version int, behind_newest int)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    newest CONSTANT int := (SELECT t.template_version FROM core.template_state t);
BEGIN
    RETURN QUERY
    SELECT (count(*) FILTER (WHERE NOT k.canary))::int,
           (count(*) FILTER (WHERE NOT k.canary AND c.template_version >= f.target_version))::int,
           (count(*) FILTER (WHERE c.template_version < f.target_version AND m.state = 'quarantined'))::int,
           (count(*) FILTER (WHERE k.canary AND c.template_version < f.target_version AND m.state = 'quarantined'))::int,
           (count(*) FILTER (WHERE c.template_version < f.target_version AND m.state IS DISTINCT FROM 'quarantined'
                               AND (f.state <> 'canary' OR c.company_id = f.canary)))::int,
           max(c.template_version) FILTER (WHERE c.company_id = f.canary), newest,
           (count(*) FILTER (WHERE NOT k.canary AND c.template_version < newest))::int
      FROM core.fleet_migrations f
     CROSS JOIN core.company_crms c
      JOIN core.companies k ON k.id = c.company_id AND k.status <> 'archived'
      LEFT JOIN core.company_migrations m ON m.company_id = c.company_id AND m.migration_id = f.id
     WHERE f.id = p_migration;
END
$$;
ALTER FUNCTION core.fleet_migration_progress_v1(uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.fleet_migration_progress_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.fleet_migration_progress_v1(uuid) TO backoffice_app;
COMMENT ON FUNCTION core.fleet_migration_progress_v1(uuid) IS 'How many companies have a schema, are at the target, are quarantined, and are left for the migration''s present state; where the canary is; and how many are behind the template by now.';

-- Else nobody could see which of them is counted, nor why.
CREATE FUNCTION core.canaries_set_aside_v1(p_migration uuid) RETURNS TABLE (company_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.company_id
      FROM core.fleet_migrations f
      JOIN core.company_migrations m ON m.migration_id = f.id AND m.state = 'quarantined'
      JOIN core.company_crms c ON c.company_id = m.company_id AND c.template_version < f.target_version
      JOIN core.companies k ON k.id = m.company_id AND k.canary AND k.status <> 'archived'
     WHERE f.id = p_migration;
END
$$;
ALTER FUNCTION core.canaries_set_aside_v1(uuid) OWNER TO core_provisioner;
REVOKE ALL ON FUNCTION core.canaries_set_aside_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.canaries_set_aside_v1(uuid) TO backoffice_app;
COMMENT ON FUNCTION core.canaries_set_aside_v1(uuid) IS 'Companies of the isolation probe that a migration counts as quarantined; ids only.';
