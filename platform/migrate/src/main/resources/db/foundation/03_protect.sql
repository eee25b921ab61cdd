-- The two ways in which a table of core becomes readable: as one company (protect), or by a narrow function owner (admit).
-- Called by the migration that creates the table, so that no table is ever unprotected. Idempotent.
SET ROLE core_migrator;

CREATE OR REPLACE FUNCTION core.protect(p_table regclass, p_app_role text,
                                        p_privileges text DEFAULT 'SELECT,INSERT,UPDATE,DELETE') RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF p_privileges !~ '^(SELECT|INSERT|UPDATE|DELETE)(,(SELECT|INSERT|UPDATE|DELETE))*$' THEN
        RAISE EXCEPTION 'core.protect: unknown privileges %', p_privileges;
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
    EXECUTE format('DROP POLICY IF EXISTS %I ON %s', 'company_' || p_app_role, p_table);
    -- The sub-select is evaluated once a statement; an OR with an admin test would cost a scan.
    EXECUTE format('CREATE POLICY %I ON %s TO %I USING (company_id = (SELECT core.company())) '
                   'WITH CHECK (company_id = (SELECT core.company()))', 'company_' || p_app_role, p_table, p_app_role);
    EXECUTE format('REVOKE ALL ON %s FROM %I', p_table, p_app_role);
    EXECUTE format('GRANT %s ON %s TO %I', p_privileges, p_table, p_app_role);
END
$$;
COMMENT ON FUNCTION core.protect(regclass, text, text) IS 'Forces row-level security and lets a service see the rows of the claimed company only.';

CREATE OR REPLACE FUNCTION core.admit(p_table regclass, p_owner_role text, p_privileges text) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF p_privileges !~ '^(SELECT|INSERT|UPDATE|DELETE)(,(SELECT|INSERT|UPDATE|DELETE))*$' THEN
        RAISE EXCEPTION 'core.admit: unknown privileges %', p_privileges;
    END IF;
    IF p_owner_role NOT IN ('core_intake', 'core_turns', 'core_delivery', 'core_relay', 'core_lookup',
                            'core_provisioner', 'core_deals', 'core_sweep', 'core_rebuild', 'backoffice_reader') THEN
        RAISE EXCEPTION 'core.admit: % is not a narrow role', p_owner_role;
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
    EXECUTE format('DROP POLICY IF EXISTS %I ON %s', 'all_' || p_owner_role, p_table);
    EXECUTE format('CREATE POLICY %I ON %s TO %I USING (true) WITH CHECK (true)', 'all_' || p_owner_role, p_table, p_owner_role);
    EXECUTE format('GRANT %s ON %s TO %I', p_privileges, p_table, p_owner_role);
END
$$;
COMMENT ON FUNCTION core.admit(regclass, text, text) IS 'Lets the owner of listed SECURITY DEFINER functions, or the holding''s reader, see every company''s rows of one table.';

REVOKE ALL ON FUNCTION core.protect(regclass, text, text), core.admit(regclass, text, text) FROM PUBLIC;
