-- Who was deactivated in one company may come into another; the holding's people are changed by nobody who is
-- no longer their owner; a key opens a company only while that is active. Functions, and a narrower grant:
-- locks nothing that holds data for longer than a moment.

-- An invitation that waits for somebody is told as awaited: it opens nothing, but whoever was deactivated
-- elsewhere, which any company can do to any address, must get as far as accepting it.
CREATE OR REPLACE FUNCTION core.find_person_v1(p_subject text, p_email text)
    RETURNS TABLE (company_id uuid, role text, status text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.company_id, u.role, u.status FROM core.company_users u WHERE u.subject = p_subject
     UNION ALL
    SELECT NULL::uuid, h.role, h.status FROM core.holding_people h WHERE h.subject = p_subject
     UNION ALL
    -- Never came: then only the address tells who it is.
    SELECT u.company_id, u.role, CASE u.status WHEN 'invited' THEN 'awaited' ELSE u.status END FROM core.company_users u
     WHERE u.email = p_email AND u.subject IS NULL AND u.status IN ('invited', 'inactive')
     UNION ALL
    SELECT NULL::uuid, h.role, CASE h.status WHEN 'invited' THEN 'awaited' ELSE h.status END FROM core.holding_people h
     WHERE h.email = p_email AND h.subject IS NULL AND h.status IN ('invited', 'inactive');
END
$$;
COMMENT ON FUNCTION core.find_person_v1(text, text) IS 'Where the bearer of a token is known, as what, and whether they were deactivated; no company: among the holding''s people. awaited: invited and never there.';

-- One change after the other: of two owners who end each other's access at once, one is left. And each by
-- somebody who owns the holding at that moment, whatever the replica remembers that let them in. Whom only
-- the issuer knows as owner is in no list, and may.
CREATE FUNCTION core.owns_holding_v1(p_by text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('core.holding_people', 0));
    RETURN NOT EXISTS (SELECT FROM core.holding_people h
                        WHERE h.subject = p_by AND NOT (h.role = 'super_admin' AND h.status = 'active'));
END
$$;
COMMENT ON FUNCTION core.owns_holding_v1(text) IS 'Whether somebody may change the holding''s people now; whoever asks is the only one who changes them until the transaction ends.';

-- No release has called the first ones.
DROP FUNCTION core.invite_holding_person_v1(uuid, text, text, text, bytea, interval, timestamptz);
DROP FUNCTION core.change_holding_person_v1(uuid, int, text, text, timestamptz);
DROP FUNCTION core.deactivate_holding_person_v1(uuid, int, timestamptz);
DROP FUNCTION core.renew_holding_invitation_v1(uuid, int, bytea, interval, timestamptz);

CREATE FUNCTION core.invite_holding_person_v2(p_by text, p_id uuid, p_email text, p_name text, p_role text, p_hash bytea,
                                              p_valid interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    IF NOT core.owns_holding_v1(p_by) THEN
        RETURN 'not-allowed';
    END IF;
    INSERT INTO core.holding_people (id, email, name, role, invitation_hash, invitation_expires_at)
    VALUES (p_id, p_email, p_name, p_role, p_hash, p_now + p_valid)
    ON CONFLICT (email) DO NOTHING;
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'exists' END;
END
$$;
COMMENT ON FUNCTION core.invite_holding_person_v2(text, uuid, text, text, text, bytea, interval, timestamptz) IS 'done; exists: the address is somebody''s; not-allowed: who asks owns the holding no longer.';

CREATE FUNCTION core.change_holding_person_v2(p_by text, p_id uuid, p_version int, p_name text, p_role text,
                                              p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    IF NOT core.owns_holding_v1(p_by) THEN
        RETURN 'not-allowed';
    END IF;
    UPDATE core.holding_people h SET name = p_name, role = p_role, version = h.version + 1, updated_at = p_now
     WHERE h.id = p_id AND h.version = p_version;
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'stale' END;
END
$$;
COMMENT ON FUNCTION core.change_holding_person_v2(text, uuid, int, text, text, timestamptz) IS 'done; stale: the version is no longer this one; not-allowed: who asks owns the holding no longer.';

CREATE FUNCTION core.deactivate_holding_person_v2(p_by text, p_id uuid, p_version int, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS text
    LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    IF NOT core.owns_holding_v1(p_by) THEN
        RETURN 'not-allowed';
    END IF;
    UPDATE core.holding_people h
       SET status = 'inactive', invitation_hash = NULL, invitation_expires_at = NULL, version = h.version + 1, updated_at = p_now
     WHERE h.id = p_id AND h.version = p_version AND h.status <> 'inactive';
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'stale' END;
END
$$;
COMMENT ON FUNCTION core.deactivate_holding_person_v2(text, uuid, int, timestamptz) IS 'done; stale: the version is no longer this one; not-allowed: who asks owns the holding no longer.';

CREATE FUNCTION core.renew_holding_invitation_v2(p_by text, p_id uuid, p_version int, p_hash bytea, p_valid interval,
                                                 p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    IF NOT core.owns_holding_v1(p_by) THEN
        RETURN 'not-allowed';
    END IF;
    UPDATE core.holding_people h
       SET status = 'invited', invitation_hash = p_hash, invitation_expires_at = p_now + p_valid,
           version = h.version + 1, updated_at = p_now
     WHERE h.id = p_id AND h.version = p_version AND h.status <> 'active';
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'stale' END;
END
$$;
COMMENT ON FUNCTION core.renew_holding_invitation_v2(text, uuid, int, bytea, interval, timestamptz) IS 'done; stale: the version is no longer this one; not-allowed: who asks owns the holding no longer.';

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.owns_holding_v1(text)',
            'core.invite_holding_person_v2(text, uuid, text, text, text, bytea, interval, timestamptz)',
            'core.change_holding_person_v2(text, uuid, int, text, text, timestamptz)',
            'core.deactivate_holding_person_v2(text, uuid, int, timestamptz)',
            'core.renew_holding_invitation_v2(text, uuid, int, bytea, interval, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO backoffice_app', f);
    END LOOP;
END
$$;

-- Who looks keys up writes nothing of them but when they were used.
REVOKE UPDATE ON core.api_keys FROM core_lookup;
GRANT UPDATE (last_used_at) ON core.api_keys TO core_lookup;
CREATE OR REPLACE FUNCTION core.use_api_key_v1(p_id uuid, p_hash bytea, p_now timestamptz)
    RETURNS TABLE (company_id uuid, scopes text[])
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ''
AS $$
BEGIN
    RETURN QUERY
    SELECT k.company_id, k.scopes
      FROM core.api_keys k
      JOIN core.companies c ON c.id = k.company_id AND c.status = 'active'
     WHERE k.id = p_id AND k.hash = p_hash AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > p_now);
    IF FOUND THEN
        UPDATE core.api_keys k
           SET last_used_at = p_now
         WHERE k.id = p_id AND (k.last_used_at IS NULL OR k.last_used_at < p_now - interval '1 minute');
    END IF;
END
$$;
COMMENT ON FUNCTION core.use_api_key_v1(uuid, bytea, timestamptz) IS 'Whose key it is and what it may do; no row: unknown, wrong, expired or revoked, or its company is not active.';
