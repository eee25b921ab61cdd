-- People can be invited, changed and deactivated, those of the holding too, by nobody who is no longer their
-- owner; and a change of a company says which version it was made for. Adds columns without rewriting and
-- makes small indexes: each ALTER locks its table for a moment only.

ALTER TABLE core.companies ADD COLUMN version int NOT NULL DEFAULT 1;
COMMENT ON COLUMN core.companies.version IS 'Raised by each change that people can see; what If-Match is compared with.';

ALTER TABLE core.company_users
    ADD COLUMN version               int NOT NULL DEFAULT 1,
    ADD COLUMN invitation_hash       bytea,
    ADD COLUMN invitation_expires_at timestamptz;
COMMENT ON COLUMN core.company_users.subject IS 'sub of the issuer''s tokens; empty until the person has accepted an invitation.';
COMMENT ON COLUMN core.company_users.email IS 'In small letters. Personal data, as is name: never logged, never in the audit log.';
COMMENT ON COLUMN core.company_users.invitation_hash IS 'SHA-256 of the token that accepts the invitation; the token itself is told once and kept nowhere.';
-- A company cannot make anybody the holding's. Not checked against old rows: no release has written any.
ALTER TABLE core.company_users DROP CONSTRAINT company_users_role_check;
ALTER TABLE core.company_users ADD CONSTRAINT company_users_role_check
    CHECK (role IN ('company_admin', 'marketing_admin', 'crm_user')) NOT VALID;
CREATE UNIQUE INDEX company_users_company_id_subject_key ON core.company_users (company_id, subject) WHERE subject IS NOT NULL;
CREATE INDEX company_users_subject_idx ON core.company_users (subject) WHERE subject IS NOT NULL;
COMMENT ON INDEX core.company_users_subject_idx IS 'Serves find_person_v1.';
CREATE INDEX company_users_email_idx ON core.company_users (email) WHERE subject IS NULL;
COMMENT ON INDEX core.company_users_email_idx IS 'Serves find_person_v1.';
CREATE INDEX company_users_invitation_idx ON core.company_users (invitation_hash) WHERE invitation_hash IS NOT NULL;
COMMENT ON INDEX core.company_users_invitation_idx IS 'Serves find_invitation_v1.';
SELECT core.admit('core.company_users', 'core_lookup', 'SELECT');

CREATE TABLE core.holding_people (
    id                     uuid PRIMARY KEY DEFAULT core.uuid7(),
    subject                text UNIQUE,
    email                  text NOT NULL UNIQUE,
    name                   text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    role                   text NOT NULL CHECK (role IN ('super_admin', 'backoffice_admin', 'ai_supervisor', 'marketing_admin')),
    status                 text NOT NULL DEFAULT 'invited' CHECK (status IN ('invited', 'active', 'inactive')),
    version                int NOT NULL DEFAULT 1,
    invitation_hash        bytea,
    invitation_expires_at  timestamptz,
    created_at             timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at             timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX holding_people_invitation_idx ON core.holding_people (invitation_hash) WHERE invitation_hash IS NOT NULL;
COMMENT ON INDEX core.holding_people_invitation_idx IS 'Serves find_invitation_v1.';
COMMENT ON TABLE core.holding_people IS 'People of the holding, who see every company. No company. Retention: life of the installation.';
COMMENT ON COLUMN core.holding_people.subject IS 'sub of the issuer''s tokens; empty until the person has accepted an invitation.';
COMMENT ON COLUMN core.holding_people.email IS 'In small letters. Personal data, as is name: never logged, never in the audit log.';
COMMENT ON COLUMN core.holding_people.invitation_hash IS 'SHA-256 of the token that accepts the invitation; the token itself is told once and kept nowhere.';
-- No company's claim can open it, so only grants guard it: this service alone, and nobody may delete.
ALTER TABLE core.holding_people ENABLE ROW LEVEL SECURITY;
ALTER TABLE core.holding_people FORCE ROW LEVEL SECURITY;
CREATE POLICY holding_backoffice_app ON core.holding_people TO backoffice_app USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON core.holding_people TO backoffice_app;
SELECT core.admit('core.holding_people', 'core_lookup', 'SELECT');

-- Before the company is known: a token names a person by the issuer's id, and by an address.
-- An invitation that waits for somebody is told as awaited: it opens nothing, but whoever was deactivated
-- elsewhere, which any company can do to any address, must get as far as accepting it.
CREATE FUNCTION core.find_person_v1(p_subject text, p_email text)
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
ALTER FUNCTION core.find_person_v1(text, text) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.find_person_v1(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.find_person_v1(text, text) TO backoffice_app;
COMMENT ON FUNCTION core.find_person_v1(text, text) IS 'Where the bearer of a token is known, as what, and whether they were deactivated; no company: among the holding''s people. awaited: invited and never there.';

CREATE FUNCTION core.find_invitation_v1(p_hash bytea) RETURNS TABLE (company_id uuid, id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ''
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.company_id, u.id FROM core.company_users u WHERE u.invitation_hash = p_hash
     UNION ALL
    SELECT NULL::uuid, h.id FROM core.holding_people h WHERE h.invitation_hash = p_hash;
END
$$;
ALTER FUNCTION core.find_invitation_v1(bytea) OWNER TO core_lookup;
REVOKE ALL ON FUNCTION core.find_invitation_v1(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.find_invitation_v1(bytea) TO backoffice_app;
COMMENT ON FUNCTION core.find_invitation_v1(bytea) IS 'Whose invitation a token is; no company: among the holding''s people.';

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

-- The holding's people are changed outside any company's transaction, by one statement with its audit row:
-- hence functions that answer done, or why not. They run with the caller's rights.
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

CREATE FUNCTION core.accept_holding_invitation_v1(p_id uuid, p_hash bytea, p_subject text,
                                                  p_now timestamptz DEFAULT clock_timestamp()) RETURNS text
    LANGUAGE plpgsql SET search_path = ''
AS $$
BEGIN
    UPDATE core.holding_people h
       SET status = 'active', subject = p_subject, version = h.version + 1, updated_at = p_now
     WHERE h.id = p_id AND h.invitation_hash = p_hash AND h.status = 'invited' AND h.invitation_expires_at > p_now;
    RETURN CASE WHEN FOUND THEN 'done' ELSE 'gone' END;
END
$$;
COMMENT ON FUNCTION core.accept_holding_invitation_v1(uuid, bytea, text, timestamptz) IS 'done; gone: accepted, withdrawn or expired.';

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.owns_holding_v1(text)',
            'core.invite_holding_person_v2(text, uuid, text, text, text, bytea, interval, timestamptz)',
            'core.change_holding_person_v2(text, uuid, int, text, text, timestamptz)',
            'core.deactivate_holding_person_v2(text, uuid, int, timestamptz)',
            'core.renew_holding_invitation_v2(text, uuid, int, bytea, interval, timestamptz)',
            'core.accept_holding_invitation_v1(uuid, bytea, text, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO backoffice_app', f);
    END LOOP;
END
$$;
