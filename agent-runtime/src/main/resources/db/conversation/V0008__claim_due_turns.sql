-- Which conversations are to be answered now, and by whom: one lease and one fencing number per turn.
-- Functions only, no locks.

-- Fair: each round takes the oldest of every company before the second oldest of any. At most p_limit × 4 candidates per
-- company are looked at, so a backlog of one company costs the others nothing; more than p_limit, because replicas that
-- claim at the same time skip each other's rows. A lease that has run out makes the conversation due again by itself.
CREATE FUNCTION core.claim_due_turns_v1(p_limit int, p_lease interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversation_id uuid, fence bigint, epoch bigint, seen_seq bigint, answered_seq bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    WITH picked AS MATERIALIZED (
        SELECT c.company_id, c.id
          FROM (SELECT d.company_id, d.id, d.turn_due_at,
                       row_number() OVER (PARTITION BY d.company_id ORDER BY d.turn_due_at, d.id) AS round
                  FROM core.companies k
                 CROSS JOIN LATERAL (
                       SELECT w.company_id, w.id, w.turn_due_at
                         FROM core.conversations w
                        WHERE w.company_id = k.id AND w.turn_due_at IS NOT NULL AND w.turn_due_at <= p_now AND w.state = 'ai'
                          AND (w.lease_until IS NULL OR w.lease_until <= p_now)
                        ORDER BY w.turn_due_at
                        LIMIT p_limit * 4) AS d
                 WHERE k.status = 'active') AS f
          JOIN core.conversations c ON c.company_id = f.company_id AND c.id = f.id
         -- Asked again after the lock: another replica may have been here between the look and the lock.
         WHERE c.turn_due_at IS NOT NULL AND c.turn_due_at <= p_now AND c.state = 'ai'
           AND (c.lease_until IS NULL OR c.lease_until <= p_now)
         ORDER BY f.round, f.turn_due_at
         LIMIT p_limit
           FOR UPDATE OF c SKIP LOCKED)
    UPDATE core.conversations c
       SET fence = c.fence + 1, lease_until = p_now + p_lease, updated_at = p_now
      FROM picked p
     WHERE c.company_id = p.company_id AND c.id = p.id
    RETURNING c.company_id, c.id, c.fence, c.epoch, c.inbound_seq, c.answered_seq
$$;
COMMENT ON FUNCTION core.claim_due_turns_v1(int, interval, timestamptz) IS 'Due conversations of active companies, fairly, each leased to the caller under a new fence. The commit checks inbound_seq, fence and epoch.';

-- While a company is suspended its leads' words are stored and nothing becomes due.
CREATE FUNCTION core.resume_turns_v1(p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    resumed int;
BEGIN
    UPDATE core.conversations c
       SET burst_started_at = coalesce(c.burst_started_at, p_now), turn_due_at = p_now, updated_at = p_now
     WHERE c.company_id = core.claimed_company() AND c.state = 'ai' AND c.inbound_seq > c.answered_seq AND c.turn_due_at IS NULL;
    GET DIAGNOSTICS resumed = ROW_COUNT;
    RETURN resumed;
END
$$;
COMMENT ON FUNCTION core.resume_turns_v1(timestamptz) IS 'After the claimed company is active again: every burst left without an answer is due now.';

ALTER FUNCTION core.claim_due_turns_v1(int, interval, timestamptz) OWNER TO core_turns;
ALTER FUNCTION core.resume_turns_v1(timestamptz) OWNER TO core_turns;
REVOKE ALL ON FUNCTION core.claim_due_turns_v1(int, interval, timestamptz), core.resume_turns_v1(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.claim_due_turns_v1(int, interval, timestamptz), core.resume_turns_v1(timestamptz) TO runtime_app;
