-- Which conversations are to be answered now, and by whom: one lease and one fencing number per turn, held while somebody thinks and given back.
-- Functions only, no locks.

-- Asked several times a second, so that a look when nothing is due must cost next to nothing: a generic plan is made once a connection and
-- kept, also one that was made while the tables were empty, when reading all of a table looks cheaper than its index. Hence no
-- sequential scans.

-- Nothing due: two descents of an index, whatever waits. Something due: each round takes the oldest of every company before the
-- second oldest of any. At most p_limit × 4 candidates per company are looked at, so a backlog of one company costs the others
-- nothing; more than p_limit, because replicas that claim at the same time skip each other's rows. A lease that has run out makes the
-- conversation due again by itself. plpgsql keeps its plans; the candidates are named in arrays, so that no plan reads all
-- conversations to join a few.
CREATE FUNCTION core.claim_due_turns_v2(p_limit int, p_lease interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversation_id uuid, fence bigint, epoch bigint, seen_seq bigint, answered_seq bigint, next_ms int)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    v_companies     uuid[];
    v_conversations uuid[];
    v_ready         timestamptz;
BEGIN
    SELECT greatest(w.turn_due_at, w.lease_until) INTO v_ready
      FROM core.conversations w
     WHERE w.turn_due_at IS NOT NULL AND w.state = 'ai'
     ORDER BY greatest(w.turn_due_at, w.lease_until)
     LIMIT 1;
    IF v_ready <= p_now THEN
        SELECT array_agg(f.company_id ORDER BY f.round, f.ready), array_agg(f.id ORDER BY f.round, f.ready)
          INTO v_companies, v_conversations
          FROM (SELECT d.company_id, d.id, d.ready, row_number() OVER (PARTITION BY d.company_id ORDER BY d.ready, d.id) AS round
                  FROM core.companies k
                 CROSS JOIN LATERAL (
                       SELECT w.company_id, w.id, greatest(w.turn_due_at, w.lease_until) AS ready
                         FROM core.conversations w
                        WHERE w.company_id = k.id AND w.turn_due_at IS NOT NULL AND w.state = 'ai'
                          AND greatest(w.turn_due_at, w.lease_until) <= p_now
                        ORDER BY greatest(w.turn_due_at, w.lease_until)
                        LIMIT p_limit * 4) AS d
                 WHERE k.status = 'active'
                 ORDER BY round, d.ready
                 LIMIT p_limit * 4) AS f;
        RETURN QUERY
        WITH picked AS MATERIALIZED (
            SELECT c.company_id, c.id
              FROM unnest(v_companies, v_conversations) WITH ORDINALITY AS u (company_id, id, place)
              JOIN core.conversations c ON c.company_id = u.company_id AND c.id = u.id
             -- Asked again after the lock: another replica may have been here between the look and the lock.
             WHERE c.turn_due_at IS NOT NULL AND c.state = 'ai' AND greatest(c.turn_due_at, c.lease_until) <= p_now
             ORDER BY u.place
             LIMIT p_limit
               FOR UPDATE OF c SKIP LOCKED)
        UPDATE core.conversations c
           SET fence = c.fence + 1, lease_until = p_now + p_lease, updated_at = p_now
          FROM picked p
         WHERE c.company_id = p.company_id AND c.id = p.id
        RETURNING c.company_id, c.id, c.fence, c.epoch, c.inbound_seq, c.answered_seq, NULL::int;
        SELECT greatest(w.turn_due_at, w.lease_until) INTO v_ready
          FROM core.conversations w
         WHERE w.turn_due_at IS NOT NULL AND w.state = 'ai' AND greatest(w.turn_due_at, w.lease_until) > p_now
         ORDER BY greatest(w.turn_due_at, w.lease_until)
         LIMIT 1;
    END IF;
    IF v_ready IS NOT NULL THEN
        next_ms := least(ceil(extract(epoch FROM v_ready - p_now) * 1000), 3600000);
        RETURN NEXT;
    END IF;
END
$$;
COMMENT ON FUNCTION core.claim_due_turns_v2(int, interval, timestamptz) IS 'Due conversations of active companies, fairly, each leased to the caller under a new fence; then, in a row without a conversation, when the next will be due. The commit checks inbound_seq, fence and epoch.';

-- Thinking may take longer than a lease. One statement renews all turns that a replica is thinking about; a turn that somebody else
-- has claimed, answered or taken over is left alone.
CREATE FUNCTION core.hold_turns_v1(p_companies uuid[], p_conversations uuid[], p_fences bigint[], p_lease interval,
                                   p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    held int;
BEGIN
    WITH mine AS MATERIALIZED (
        SELECT c.company_id, c.id
          FROM unnest(p_companies, p_conversations, p_fences) AS u (company_id, id, fence)
          JOIN core.conversations c ON c.company_id = u.company_id AND c.id = u.id
         WHERE c.fence = u.fence AND c.state = 'ai' AND c.lease_until IS NOT NULL
         -- What is locked is being changed by somebody who knows better; the next renewal comes soon.
           FOR UPDATE OF c SKIP LOCKED)
    UPDATE core.conversations c SET lease_until = p_now + p_lease
      FROM mine m
     WHERE c.company_id = m.company_id AND c.id = m.id;
    GET DIAGNOSTICS held = ROW_COUNT;
    RETURN held;
END
$$;
COMMENT ON FUNCTION core.hold_turns_v1(uuid[], uuid[], bigint[], interval, timestamptz) IS 'Renews the leases of claimed turns; returns how many are still the caller''s.';

-- The fence stays: whoever gives a turn back may still commit it, unless another replica has claimed it meanwhile.
CREATE FUNCTION core.release_turns_v1(p_companies uuid[], p_conversations uuid[], p_fences bigint[]) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    released int;
BEGIN
    WITH mine AS MATERIALIZED (
        SELECT c.company_id, c.id
          FROM unnest(p_companies, p_conversations, p_fences) AS u (company_id, id, fence)
          JOIN core.conversations c ON c.company_id = u.company_id AND c.id = u.id
         WHERE c.fence = u.fence
         ORDER BY c.company_id, c.id
           FOR UPDATE OF c)
    UPDATE core.conversations c SET lease_until = NULL
      FROM mine m
     WHERE c.company_id = m.company_id AND c.id = m.id;
    GET DIAGNOSTICS released = ROW_COUNT;
    RETURN released;
END
$$;
COMMENT ON FUNCTION core.release_turns_v1(uuid[], uuid[], bigint[]) IS 'Gives claimed turns back, so that another replica need not wait for their leases.';

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.claim_due_turns_v2(int, interval, timestamptz)',
            'core.hold_turns_v1(uuid[], uuid[], bigint[], interval, timestamptz)',
            'core.release_turns_v1(uuid[], uuid[], bigint[])']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_turns', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO runtime_app', f);
    END LOOP;
END
$$;
