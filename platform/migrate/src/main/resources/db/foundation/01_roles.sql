-- Roles first: every later object is granted to one of these. Run by the migration's login (a superuser, or a role with CREATEROLE and BYPASSRLS).
-- Idempotent; roles are cluster-wide, so another database of the same cluster may have made them already.
DO $$
DECLARE
    app text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'core_migrator') THEN
        CREATE ROLE core_migrator NOLOGIN BYPASSRLS;
    END IF;

    -- The services' logins. They own nothing and cannot bypass row-level security. NOINHERIT: what a role may
    -- become (backoffice_reader, crm_user) counts only after an explicit SET LOCAL ROLE.
    FOREACH app IN ARRAY ARRAY['backoffice_app', 'runtime_app', 'evolution_app', 'autentique_app', 'capi_app'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = app) THEN
            EXECUTE format('CREATE ROLE %I LOGIN NOINHERIT', app);
        END IF;
        -- A stuck statement or transaction gives its connection and its locks back; a pool of eight would not survive it.
        EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', app, '20s');
        EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', app, '10s');
        EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', app, '30s');
    END LOOP;

    -- Narrow owners of SECURITY DEFINER functions, the reader of the holding's people, and a company's own front.
    FOREACH app IN ARRAY ARRAY['core_intake', 'core_turns', 'core_delivery', 'core_relay', 'core_lookup',
                               'core_provisioner', 'core_deals', 'core_sweep', 'core_rebuild', 'backoffice_reader', 'crm_user'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = app) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', app);
        END IF;
        IF NOT pg_catalog.pg_has_role('core_migrator', app, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO core_migrator', app);
        END IF;
    END LOOP;

    IF NOT pg_catalog.pg_has_role('backoffice_app', 'backoffice_reader', 'MEMBER') THEN
        GRANT backoffice_reader TO backoffice_app;
    END IF;
    -- The isolation probe attacks as a company's own front does. Of all ways the smallest hole: the front holds nothing that
    -- backoffice_app does not hold itself under claims of its own choice, so whoever becomes it only loses; a function
    -- that ran as the front would have to be owned by it, or by a role to which its attributes (BYPASSRLS) do not pass
    -- and which would not be shut in with it. Beyond that, the boot guard thereby looks at the front's doors as well.
    IF NOT pg_catalog.pg_has_role('backoffice_app', 'crm_user', 'MEMBER') THEN
        GRANT crm_user TO backoffice_app WITH INHERIT FALSE, SET TRUE;
    END IF;
    IF NOT pg_catalog.pg_has_role(current_user, 'core_migrator', 'MEMBER') THEN
        EXECUTE format('GRANT core_migrator TO %I', current_user);
    END IF;
    EXECUTE format('GRANT CREATE, CONNECT, TEMPORARY ON DATABASE %I TO core_migrator', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO core_provisioner', current_database());
END
$$;
