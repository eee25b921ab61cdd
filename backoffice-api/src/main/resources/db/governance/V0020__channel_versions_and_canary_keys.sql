-- A channel can be changed (its name, which Centurion answers there, an access token that has expired), and a change says
-- which version it was made for. And a canary's key opens its own company, so that the probe comes to the API as a request
-- does. A column with a constant default: a short exclusive lock, no rewrite.

ALTER TABLE core.channel_instances ADD COLUMN version int NOT NULL DEFAULT 1;
COMMENT ON COLUMN core.channel_instances.version IS 'Raised by each change that a person makes, never by what a gateway reports; what If-Match is compared with.';

-- Whatever stands in the row, nobody but a canary has the scope that makes an administrator.
CREATE OR REPLACE FUNCTION core.use_api_key_v1(p_id uuid, p_hash bytea, p_now timestamptz)
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
COMMENT ON FUNCTION core.use_api_key_v1(uuid, bytea, timestamptz) IS 'Whose key it is and what it may do; no row: unknown, wrong, expired or revoked, or its company is not active and no canary.';
