-- Files that people keep for a company: the row says what an object in the storage is, and is written before the object and taken away after it,
-- so that no crash leaves an object that nobody knows of. Only creates.

CREATE TABLE core.files (
    id          uuid PRIMARY KEY DEFAULT core.uuid7(),
    company_id  uuid NOT NULL REFERENCES core.companies (id),
    state       text NOT NULL DEFAULT 'arriving' CHECK (state IN ('arriving', 'kept', 'lost', 'leaving')),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    purpose     text NOT NULL CHECK (purpose ~ '^[a-z]{1,20}$'),
    type        text,
    bytes       bigint CHECK (bytes > 0),
    sha256      bytea CHECK (length(sha256) = 32),
    request_id  uuid,
    version     int NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (company_id, id),
    UNIQUE (company_id, request_id),
    CHECK (state NOT IN ('kept', 'lost') OR (type IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL))
);
COMMENT ON TABLE core.files IS 'Files of a company; the object in the storage is <company_id>/<id>. Retention: life of the company, or until deleted.';
COMMENT ON COLUMN core.files.state IS 'arriving: the object may be there, whole or not at all; kept; lost: the storage does not have it; leaving: the object is being taken away, then the row.';
COMMENT ON COLUMN core.files.name IS 'As the sender calls it, for people; no part of any path. May name a person, so it is in no log and no audit row.';
COMMENT ON COLUMN core.files.type IS 'Found out from the content, not told by the sender.';
COMMENT ON COLUMN core.files.request_id IS 'What the idempotency key of the request stands for; a repeat brings an object of its own, which leaves again.';
SELECT core.protect('core.files', 'backoffice_app');

CREATE INDEX files_unsettled_idx ON core.files (updated_at) WHERE state IN ('arriving', 'leaving');
COMMENT ON INDEX core.files_unsettled_idx IS 'Serves files_unsettled_v1.';
CREATE INDEX files_bytes_idx ON core.files (company_id) INCLUDE (bytes);
COMMENT ON INDEX core.files_bytes_idx IS 'Serves the sum of a company''s files, which its plan may limit.';

-- Every try to take one away moves updated_at, so one that cannot be taken away waits again.
SELECT core.admit('core.files', 'core_sweep', 'SELECT');
CREATE FUNCTION core.files_unsettled_v1(p_limit int, p_arriving interval, p_leaving interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, file_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN QUERY
    SELECT f.company_id, f.id
      FROM core.files f
     WHERE f.state IN ('arriving', 'leaving')
       AND f.updated_at <= p_now - least(p_arriving, p_leaving)
       AND f.updated_at <= p_now - CASE f.state WHEN 'arriving' THEN p_arriving ELSE p_leaving END
     ORDER BY f.updated_at
     LIMIT p_limit;
END
$$;
ALTER FUNCTION core.files_unsettled_v1(int, interval, interval, timestamptz) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.files_unsettled_v1(int, interval, interval, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.files_unsettled_v1(int, interval, interval, timestamptz) TO backoffice_app;
COMMENT ON FUNCTION core.files_unsettled_v1(int, interval, interval, timestamptz) IS 'Files whose coming or going was broken off, oldest first; ids only. Served by files_unsettled_idx.';

CREATE FUNCTION core.companies_in_turn_v1(p_after uuid, p_limit int)
    RETURNS TABLE (company_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN QUERY
    SELECT k.id
      FROM core.companies k
     WHERE p_after IS NULL OR k.id > p_after
     ORDER BY k.id
     LIMIT p_limit;
END
$$;
ALTER FUNCTION core.companies_in_turn_v1(uuid, int) OWNER TO core_sweep;
REVOKE ALL ON FUNCTION core.companies_in_turn_v1(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.companies_in_turn_v1(uuid, int) TO backoffice_app;
COMMENT ON FUNCTION core.companies_in_turn_v1(uuid, int) IS 'Every company, page by page, for jobs that look at each; ids only.';
