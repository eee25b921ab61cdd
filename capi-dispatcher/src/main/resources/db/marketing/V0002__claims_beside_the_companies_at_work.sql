-- A worker serves several companies at a time and claims for others meanwhile: it says for how many, and whom it serves already.
-- Only creates, no locks. The first version stays for the workers that are being replaced.

-- Fair: the companies that have waited longest, and of these every company's oldest row before any company's second.
CREATE FUNCTION core.claim_conversions_v2(p_worker text, p_limit int, p_lease interval, p_companies int, p_except uuid[],
                                          p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversion_id uuid)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    WITH chosen AS (
        SELECT c.id
          FROM core.companies c
         CROSS JOIN LATERAL (
               SELECT m.next_attempt_at
                 FROM core.marketing_events m
                WHERE m.company_id = c.id AND m.status = 'pending' AND m.next_attempt_at <= p_now
                  AND (m.leased_until IS NULL OR m.leased_until < p_now)
                ORDER BY m.next_attempt_at
                LIMIT 1) oldest
         WHERE c.status = 'active' AND c.id <> ALL (p_except)
         ORDER BY oldest.next_attempt_at, c.id
         LIMIT p_companies),
    ranked AS (
        SELECT next.company_id, next.id, next.place
          FROM chosen
         CROSS JOIN LATERAL (
               SELECT m.company_id, m.id, row_number() OVER (ORDER BY m.next_attempt_at, m.id) AS place
                 FROM core.marketing_events m
                WHERE m.company_id = chosen.id AND m.status = 'pending' AND m.next_attempt_at <= p_now
                  AND (m.leased_until IS NULL OR m.leased_until < p_now)
                ORDER BY m.next_attempt_at, m.id
                LIMIT p_limit) next),
    due AS MATERIALIZED (
        SELECT m.company_id, m.id
          FROM ranked r
          JOIN core.marketing_events m ON m.company_id = r.company_id AND m.id = r.id
         -- Asked again under the lock: another worker may have been faster.
         WHERE m.status = 'pending' AND (m.leased_until IS NULL OR m.leased_until < p_now)
         ORDER BY r.place, m.company_id
         LIMIT p_limit
           FOR UPDATE OF m SKIP LOCKED)
    UPDATE core.marketing_events m SET leased_by = p_worker, leased_until = p_now + p_lease
      FROM due
     WHERE m.company_id = due.company_id AND m.id = due.id
    RETURNING m.company_id, m.id
$$;
ALTER FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) TO capi_app;
COMMENT ON FUNCTION core.claim_conversions_v2(text, int, interval, int, uuid[], timestamptz) IS 'Leases due conversions of a few active companies to one worker, but of none that it serves already. Returns ids only; what they say is read as that company.';
