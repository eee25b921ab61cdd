-- What people configure: every published version of a Centurion, secrets that go in and never come out, API keys, and the settings that a
-- Centurion works with. Adds columns with constant defaults and an index of the audit trail: short locks, nothing is rewritten.

ALTER TABLE core.centurion_configs ADD COLUMN version int NOT NULL DEFAULT 1 CHECK (version > 0);
ALTER TABLE core.pixel_configs     ADD COLUMN version int NOT NULL DEFAULT 1 CHECK (version > 0);
ALTER TABLE core.lead_forms        ADD COLUMN version int NOT NULL DEFAULT 1 CHECK (version > 0);
COMMENT ON COLUMN core.centurion_configs.version IS 'Grows with each change of draft or publication; compared with If-Match.';
COMMENT ON COLUMN core.pixel_configs.version IS 'Grows with each change by a person; compared with If-Match.';
ALTER TABLE core.lead_forms        ADD COLUMN guard jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN core.lead_forms.guard IS 'Who may send by the form, how often, and what must be filled in; {} is what forms had before.';
COMMENT ON COLUMN core.lead_forms.version IS 'Grows with each change by a person; compared with If-Match.';

ALTER TABLE core.audit_log     ADD COLUMN address text;
ALTER TABLE core.holding_audit ADD COLUMN address text;
COMMENT ON COLUMN core.audit_log.address IS 'The caller''s network address as the proxy told it.';
COMMENT ON COLUMN core.holding_audit.address IS 'The caller''s network address as the proxy told it.';
CREATE INDEX audit_log_target_idx ON core.audit_log (company_id, target, id);
COMMENT ON INDEX core.audit_log_target_idx IS 'Serves the history of one thing; every other search walks the company''s own rows.';

CREATE TABLE core.centurion_versions (
    id             uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id     uuid NOT NULL REFERENCES core.companies (id),
    centurion_id   uuid NOT NULL,
    number         int NOT NULL CHECK (number > 0),
    config         jsonb NOT NULL,
    restored_from  int CHECK (restored_from < number),
    published_by   text,
    published_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, centurion_id, number),
    FOREIGN KEY (company_id, centurion_id) REFERENCES core.centurion_configs (company_id, id)
);
COMMENT ON TABLE core.centurion_versions IS 'What a Centurion was published with, never altered. Retention: life of the company.';
COMMENT ON COLUMN core.centurion_versions.restored_from IS 'The older version whose configuration was published again.';
COMMENT ON COLUMN core.centurion_versions.published_by IS 'sub of the token; empty for what was published before versions were kept.';
SELECT core.protect('core.centurion_versions', 'backoffice_app', 'SELECT,INSERT');
-- Of earlier publications only the last is known.
INSERT INTO core.centurion_versions (company_id, centurion_id, number, config, published_at)
SELECT g.company_id, g.id, g.published_version, g.published, g.updated_at
  FROM core.centurion_configs g
 WHERE g.published IS NOT NULL;

CREATE TABLE core.secrets (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL REFERENCES core.companies (id),
    name        text NOT NULL CHECK (name ~ '^[a-z][a-z0-9_]{0,63}$'),
    sealed      text,
    reference   text CHECK (reference ~ '^(env|file|vault):'),
    version     int NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, name),
    CHECK ((sealed IS NULL) <> (reference IS NULL))
);
COMMENT ON TABLE core.secrets IS 'Secrets that a company''s tools need, by name. Retention: life of the company, or until deleted.';
COMMENT ON COLUMN core.secrets.sealed IS 'Sealed for the company under the name secret:<name>.';
COMMENT ON COLUMN core.secrets.reference IS 'Where the installation keeps it: env:NAME, file:/path or vault:path#field.';
SELECT core.protect('core.secrets', 'backoffice_app');

CREATE TABLE core.api_keys (
    id            uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id    uuid NOT NULL REFERENCES core.companies (id),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    prefix        text NOT NULL,
    hash          bytea NOT NULL CHECK (length(hash) = 32),
    scopes        text[] NOT NULL CHECK (cardinality(scopes) > 0),
    expires_at    timestamptz,
    last_used_at  timestamptz,
    revoked_at    timestamptz,
    version       int NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id)
);
COMMENT ON TABLE core.api_keys IS 'Keys of a company''s own programs; revoked ones stay, for the audit trail. Retention: life of the company.';
COMMENT ON COLUMN core.api_keys.prefix IS 'How the key begins, so that people can tell keys apart.';
COMMENT ON COLUMN core.api_keys.hash IS 'SHA-256 of the whole key, which has 256 random bits.';
COMMENT ON COLUMN core.api_keys.last_used_at IS 'To the minute.';
SELECT core.protect('core.api_keys', 'backoffice_app');

-- Five settings of one shape: one generator, so that they cannot drift apart.
DO $$
DECLARE
    setting record;
BEGIN
    FOR setting IN
        SELECT * FROM (VALUES
            ('media_sequences', 'Media that a Centurion sends in order, and what triggers it.'),
            ('follow_up_configs', 'When and how a Centurion writes again to a lead who fell silent.'),
            ('tool_configs', 'HTTP calls that a Centurion may make while it talks.'),
            ('mcp_servers', 'MCP servers whose tools a Centurion may use.'),
            ('knowledge_bases', 'What a Centurion may look things up in; its documents are stored elsewhere.')) AS s (name, meaning)
    LOOP
        EXECUTE format($ddl$
            CREATE TABLE core.%I (
                id            uuid PRIMARY KEY DEFAULT core.uuid7(),
                company_id    uuid NOT NULL REFERENCES core.companies (id),
                centurion_id  uuid,
                name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
                config        jsonb NOT NULL,
                enabled       boolean NOT NULL DEFAULT true,
                version       int NOT NULL DEFAULT 1 CHECK (version > 0),
                created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
                updated_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
                UNIQUE (company_id, id),
                UNIQUE (company_id, name),
                FOREIGN KEY (company_id, centurion_id) REFERENCES core.centurion_configs (company_id, id)
            )$ddl$, setting.name);
        EXECUTE format('COMMENT ON TABLE core.%I IS %L', setting.name, setting.meaning || ' Retention: life of the company.');
        EXECUTE format('COMMENT ON COLUMN core.%I.centurion_id IS %L', setting.name, 'Whose it is; empty: every Centurion of the company.');
        PERFORM core.protect(format('core.%I', setting.name)::regclass, 'backoffice_app');
    END LOOP;
END
$$;

-- A key is presented before its company is known. Its use is noted to the minute, so that a busy key is not a
-- busy row; who looks keys up writes nothing else of them.
SELECT core.admit('core.api_keys', 'core_lookup', 'SELECT');
GRANT UPDATE (last_used_at) ON core.api_keys TO core_lookup;

-- Whatever stands in the row, nobody but a canary has the scope that makes an administrator.
CREATE FUNCTION core.use_api_key_v1(p_id uuid, p_hash bytea, p_now timestamptz)
    RETURNS TABLE (company_id uuid, scopes text[])
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
    RETURN QUERY
    SELECT k.company_id, CASE WHEN c.canary THEN ARRAY['canary'] ELSE pg_catalog.array_remove(k.scopes, 'canary') END
      FROM core.api_keys k
      JOIN core.companies c ON c.id = k.company_id AND (c.status = 'active' OR c.canary)
     WHERE k.id = p_id AND k.hash = p_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > p_now);
    IF FOUND THEN
        UPDATE core.api_keys k
           SET last_used_at = p_now
         WHERE k.id = p_id AND (k.last_used_at IS NULL OR k.last_used_at < p_now - interval '1 minute');
    END IF;
END
$$;
ALTER FUNCTION core.use_api_key_v1(uuid, bytea, timestamptz) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.use_api_key_v1(uuid, bytea, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.use_api_key_v1(uuid, bytea, timestamptz) TO backoffice_app;
COMMENT ON FUNCTION core.use_api_key_v1(uuid, bytea, timestamptz) IS 'Whose key it is and what it may do; no row: unknown, wrong, expired or revoked, or its company is not active and no canary.';

-- Which companies hold something that the key which seals now has not sealed: told by how a sealed text begins, without opening it.
SELECT core.admit('core.secrets', 'core_sweep', 'SELECT');
SELECT core.admit('core.pixel_configs', 'core_sweep', 'SELECT');
CREATE FUNCTION core.sealed_by_older_keys_v1(p_mark text, p_after uuid, p_limit int)
    RETURNS TABLE (company_id uuid, older int)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
    RETURN QUERY
    SELECT s.company_id, count(*)::int
      FROM (SELECT t.company_id, t.sealed FROM core.secrets t WHERE t.sealed IS NOT NULL
            UNION ALL
            SELECT p.company_id, p.sealed_access_token FROM core.pixel_configs p WHERE p.sealed_access_token IS NOT NULL
            UNION ALL
            SELECT i.company_id, e.value FROM core.channel_instances i, jsonb_each_text(i.sealed) e) s
     WHERE (p_after IS NULL OR s.company_id > p_after)
       AND left(s.sealed, length(p_mark)) <> p_mark
     GROUP BY s.company_id
     ORDER BY s.company_id
     LIMIT p_limit;
END
$$;
ALTER FUNCTION core.sealed_by_older_keys_v1(text, uuid, int) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.sealed_by_older_keys_v1(text, uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.sealed_by_older_keys_v1(text, uuid, int) TO backoffice_app;
COMMENT ON FUNCTION core.sealed_by_older_keys_v1(text, uuid, int) IS 'Companies whose secrets are to be sealed anew, and how many each has.';
