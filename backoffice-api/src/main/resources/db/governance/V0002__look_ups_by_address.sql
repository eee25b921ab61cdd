-- Look-ups before the company is known: a webhook or a public form names an address, these say whose it is, and nothing of its content.
-- Functions only, no locks.

CREATE FUNCTION core.find_instance_v1(p_id uuid)
    RETURNS TABLE (company_id uuid, channel text, status text, deleted boolean, webhook_secret_hash bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT i.company_id, i.channel, i.status, i.deleted_at IS NOT NULL, i.webhook_secret_hash
      FROM core.channel_instances i
     WHERE i.id = p_id
$$;
ALTER FUNCTION core.find_instance_v1(uuid) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.find_instance_v1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.find_instance_v1(uuid) TO runtime_app, evolution_app, backoffice_app;
COMMENT ON FUNCTION core.find_instance_v1(uuid) IS 'Whose instance a webhook address names; no row: there never was one.';

-- A deleted instance is found only where no living one holds the address: the account may have moved to another company.
CREATE FUNCTION core.find_instance_by_account_v1(p_channel text, p_external_id text)
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
ALTER FUNCTION core.find_instance_by_account_v1(text, text) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.find_instance_by_account_v1(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.find_instance_by_account_v1(text, text) TO runtime_app, evolution_app, backoffice_app;
COMMENT ON FUNCTION core.find_instance_by_account_v1(text, text) IS 'Whose instance an account id in a signed body names (one webhook for all companies); one that is not proved is nobody''s.';

CREATE FUNCTION core.find_form_v1(p_key text)
    RETURNS TABLE (id uuid, company_id uuid, enabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ''
AS $$
    SELECT f.id, f.company_id, f.enabled
      FROM core.lead_forms f
     WHERE f.key = p_key
$$;
ALTER FUNCTION core.find_form_v1(text) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.find_form_v1(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.find_form_v1(text) TO backoffice_app;
COMMENT ON FUNCTION core.find_form_v1(text) IS 'Whose form a public address names.';
