-- Schemas and the claims that every policy reads. Runs as core_migrator from here on, so that it owns everything.
-- Idempotent; takes no lock on a table that holds data.
SET ROLE core_migrator;

CREATE SCHEMA IF NOT EXISTS core;
COMMENT ON SCHEMA core IS 'Governance, conversations, contracts, marketing. Knows no company by name.';
GRANT USAGE ON SCHEMA core TO backoffice_app, runtime_app, evolution_app, autentique_app, capi_app, backoffice_reader, crm_user;
-- CREATE lets a narrow role be given a function (ALTER FUNCTION … OWNER TO needs it); none of them can log in.
GRANT USAGE, CREATE ON SCHEMA core TO core_intake, core_turns, core_delivery, core_relay, core_lookup, core_provisioner, core_deals, core_sweep, core_rebuild;

-- Supabase brings its own auth schema; elsewhere these two functions are enough to run the same policies.
DO $$
BEGIN
    IF pg_catalog.to_regnamespace('auth') IS NULL THEN
        CREATE SCHEMA auth;
        GRANT USAGE ON SCHEMA auth TO PUBLIC;
    END IF;
    IF pg_catalog.to_regprocedure('auth.jwt()') IS NULL THEN
        CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE SET search_path = '' AS
            'SELECT nullif(pg_catalog.current_setting(''request.jwt.claims'', true), '''')::jsonb';
    END IF;
    IF pg_catalog.to_regprocedure('auth.uid()') IS NULL THEN
        CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE SET search_path = '' AS
            'SELECT nullif(auth.jwt() ->> ''sub'', '''')::uuid';
    END IF;
END
$$;

-- The setting is '' and not NULL on a pooled connection that once carried claims, hence nullif.
-- user_metadata is never read: its owner can write it. plpgsql and not SQL: every policy asks, some twenty times a message, and an SQL
-- function is planned anew at each call.
CREATE OR REPLACE FUNCTION core.claim(p_name text) RETURNS text
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = '' AS $$
DECLARE
    v_claims constant jsonb := nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb;
BEGIN
    RETURN coalesce(v_claims ->> p_name, v_claims -> 'app_metadata' ->> p_name);
END
$$;
COMMENT ON FUNCTION core.claim(text) IS 'One claim of the request: top level first, then app_metadata. NULL without claims.';

CREATE OR REPLACE FUNCTION core.company() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = '' AS $$
DECLARE
    -- As core.claim reads it, without the call.
    v_claims constant jsonb := nullif(pg_catalog.current_setting('request.jwt.claims', true), '')::jsonb;
BEGIN
    RETURN coalesce(v_claims ->> 'company_id', v_claims -> 'app_metadata' ->> 'company_id')::uuid;
END
$$;
COMMENT ON FUNCTION core.company() IS 'The company on whose behalf this transaction runs; NULL (no rows) without claims.';

-- plpgsql for the same reason: it runs for every row we write.
CREATE OR REPLACE FUNCTION core.uuid7() RETURNS uuid
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE SET search_path = '' AS $$
BEGIN
    RETURN pg_catalog.encode(
               pg_catalog.set_bit(pg_catalog.set_bit(
                   overlay(pg_catalog.uuid_send(pg_catalog.gen_random_uuid())
                       PLACING substring(pg_catalog.int8send((extract(epoch FROM pg_catalog.clock_timestamp()) * 1000)::bigint) FROM 3)
                       FROM 1 FOR 6),
                   52, 1), 53, 1),
               'hex')::uuid;
END
$$;
COMMENT ON FUNCTION core.uuid7() IS 'A UUID version 7: grows with time to the millisecond, so that indexes on it stay local.';
