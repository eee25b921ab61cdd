-- The one table that every slice refers to. It is its own company: the key is compared with the claim.
-- Idempotent; later columns come as ALTER TABLE … ADD COLUMN IF NOT EXISTS.
SET ROLE core_migrator;

CREATE TABLE IF NOT EXISTS core.companies (
    id            uuid        PRIMARY KEY DEFAULT core.uuid7(),
    slug          text        NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9_]{1,39}$'),
    name          text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    schema_name   text        NOT NULL UNIQUE CHECK (schema_name = 'empresa_' || slug),
    time_zone     text        NOT NULL DEFAULT 'America/Sao_Paulo',
    locale        text        NOT NULL DEFAULT 'pt-BR',
    currency      text        NOT NULL DEFAULT 'BRL' CHECK (currency ~ '^[A-Z]{3}$'),
    status        text        NOT NULL DEFAULT 'provisioning'
                              CHECK (status IN ('provisioning', 'active', 'failed', 'suspended', 'archived')),
    status_reason text,
    archived_at   timestamptz,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE core.companies IS 'A company of the holding. Retention: kept for good; archived, never deleted.';

ALTER TABLE core.companies ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.companies FORCE ROW LEVEL SECURITY;
DO $$
DECLARE
    app text;
BEGIN
    FOREACH app IN ARRAY ARRAY['backoffice_app', 'runtime_app', 'evolution_app', 'autentique_app', 'capi_app'] LOOP
        EXECUTE format('DROP POLICY IF EXISTS %I ON core.companies', 'company_' || app);
        EXECUTE format('CREATE POLICY %I ON core.companies TO %I USING (id = (SELECT core.company())) '
                       'WITH CHECK (id = (SELECT core.company()))', 'company_' || app, app);
        EXECUTE format('GRANT SELECT ON core.companies TO %I', app);
    END LOOP;
    GRANT INSERT, UPDATE ON core.companies TO backoffice_app;
    FOREACH app IN ARRAY ARRAY['core_intake', 'core_turns', 'core_delivery', 'core_relay', 'core_lookup', 'core_deals', 'core_sweep', 'core_rebuild', 'backoffice_reader'] LOOP
        PERFORM core.admit('core.companies', app, 'SELECT');
    END LOOP;
    PERFORM core.admit('core.companies', 'core_provisioner', 'SELECT,UPDATE');
END
$$;
