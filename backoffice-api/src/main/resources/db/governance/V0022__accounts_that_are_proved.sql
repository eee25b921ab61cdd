-- Whoever types the id of an account or of a bot has not got it yet: its messages, and the claim that nobody else may make,
-- are for whoever the provider says has a token of it. And canaries are in no figure of a migration of the fleet until they stand in its way.
-- A column with a constant default and an index over some thousand rows: short exclusive locks on core.channel_instances.

ALTER TABLE core.channel_instances ADD COLUMN account_proved boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN core.channel_instances.account_proved IS 'The address is ours, or the provider has said that the token is of it; until then nothing is taken in for it, and it keeps nobody else from it.';

DROP INDEX core.channel_instances_address_key;
CREATE UNIQUE INDEX channel_instances_address_key ON core.channel_instances (channel, external_id)
    WHERE external_id IS NOT NULL AND deleted_at IS NULL AND account_proved;

-- Of deleted ones too, by an index: each webhook of Instagram asks, for an account may be another company's a moment later.
CREATE INDEX channel_instances_deleted_address_idx ON core.channel_instances (channel, external_id, deleted_at DESC)
    WHERE deleted_at IS NOT NULL;
CREATE OR REPLACE FUNCTION core.find_instance_by_account_v1(p_channel text, p_external_id text)
    RETURNS TABLE (id uuid, company_id uuid, status text, deleted boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT i.id, i.company_id, i.status, false
      FROM core.channel_instances i
     WHERE i.channel = p_channel
       AND i.external_id = p_external_id
       AND i.deleted_at IS NULL
       AND i.account_proved;
    IF NOT FOUND THEN
        RETURN QUERY
        SELECT i.id, i.company_id, i.status, true
          FROM core.channel_instances i
         WHERE i.channel = p_channel
           AND i.external_id = p_external_id
           AND i.deleted_at IS NOT NULL
           AND i.account_proved
         ORDER BY i.deleted_at DESC
         LIMIT 1;
    END IF;
END
$$;
COMMENT ON FUNCTION core.find_instance_by_account_v1(text, text) IS 'Whose instance an account id in a signed body names (one webhook for all companies); one that is not proved is nobody''s.';

-- A company of the probe is nobody's to send ahead, and goes ahead by itself only where no other is behind.
CREATE OR REPLACE FUNCTION core.start_fleet_migration_v1(p_id uuid, p_canary uuid, p_at_once int, p_by text, p_key text, p_hash bytea) RETURNS text
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

-- Canaries are migrated like all others, left over until they are, and counted when they are quarantined.
CREATE OR REPLACE FUNCTION core.fleet_migration_progress_v1(p_migration uuid)
    RETURNS TABLE (companies int, migrated int, quarantined int, left_over int, canary_version int)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT (count(*) FILTER (WHERE NOT k.canary))::int,
           (count(*) FILTER (WHERE NOT k.canary AND c.template_version >= f.target_version))::int,
           (count(*) FILTER (WHERE c.template_version < f.target_version AND m.state = 'quarantined'))::int,
           (count(*) FILTER (WHERE c.template_version < f.target_version AND m.state IS DISTINCT FROM 'quarantined'
                               AND (f.state <> 'canary' OR c.company_id = f.canary)))::int,
           max(c.template_version) FILTER (WHERE c.company_id = f.canary)
      FROM core.fleet_migrations f
     CROSS JOIN core.company_crms c
      JOIN core.companies k ON k.id = c.company_id AND k.status <> 'archived'
      LEFT JOIN core.company_migrations m ON m.company_id = c.company_id AND m.migration_id = f.id
     WHERE f.id = p_migration;
END
$$;

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
