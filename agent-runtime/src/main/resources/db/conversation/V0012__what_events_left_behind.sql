-- Bursts, bubbles, greetings and notices that a lost event or a dead worker left behind are found by the rows themselves; old keys and media are forgotten.
-- Functions only, no locks.

CREATE FUNCTION core.count_overdue_turns_v1(p_age interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT coalesce(sum(w.waiting), 0)::bigint
      FROM core.companies k
     CROSS JOIN LATERAL (
           SELECT count(*) AS waiting
             FROM core.conversations c
            WHERE c.company_id = k.id AND c.turn_due_at IS NOT NULL AND c.state = 'ai'
              AND greatest(c.turn_due_at, c.lease_until) <= p_now - p_age) AS w
     WHERE k.status = 'active'
$$;
COMMENT ON FUNCTION core.count_overdue_turns_v1(interval, timestamptz) IS 'Bursts of active companies past their deadline, or past the lease of a dead worker, that nobody has claimed. Served by conversations_ready_idx.';

-- A burst gets stranded when its company was not active as the lead wrote. Whatever else may do it one day is mended here as well.
-- It waits for nobody: what is locked is being changed by somebody who knows better, and the next look comes soon.
CREATE FUNCTION core.make_stranded_bursts_due_v1(p_limit int, p_age interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    resumed int;
BEGIN
    WITH stranded AS MATERIALIZED (
        SELECT s.company_id, s.id
          FROM core.companies k
         CROSS JOIN LATERAL (
               SELECT c.company_id, c.id
                 FROM core.conversations c
                WHERE c.company_id = k.id AND c.state = 'ai' AND c.turn_due_at IS NULL AND c.inbound_seq > c.answered_seq
                  AND c.last_inbound_at <= p_now - p_age
                ORDER BY c.last_inbound_at
                LIMIT p_limit) AS s
         WHERE k.status = 'active'
         LIMIT p_limit),
    ours AS MATERIALIZED (
        SELECT c.company_id, c.id
          FROM stranded s
          JOIN core.conversations c ON c.company_id = s.company_id AND c.id = s.id
         -- Asked again under the lock: the lead may have written, or been answered.
         WHERE c.state = 'ai' AND c.turn_due_at IS NULL AND c.inbound_seq > c.answered_seq
           AND (c.lease_until IS NULL OR c.lease_until <= p_now)
           FOR UPDATE OF c SKIP LOCKED)
    UPDATE core.conversations c
       SET burst_started_at = coalesce(c.burst_started_at, p_now), turn_due_at = p_now, updated_at = p_now
      FROM ours o
     WHERE c.company_id = o.company_id AND c.id = o.id;
    GET DIAGNOSTICS resumed = ROW_COUNT;
    RETURN resumed;
END
$$;
COMMENT ON FUNCTION core.make_stranded_bursts_due_v1(int, interval, timestamptz) IS 'Bursts of active companies that wait for an answer and have no deadline are due now. Served by conversations_stranded_idx.';

CREATE FUNCTION core.count_overdue_deliveries_v1(p_channels text[], p_age interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS bigint
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN (
    SELECT count(*)
      FROM (SELECT m.company_id, m.conversation_id, bool_or(m.status = 'sending') AS on_the_wire
              FROM core.messages m
             WHERE m.status IN ('planned', 'sending') AND m.leaves_by = ANY (p_channels)
               AND coalesce(m.due_at, '-infinity') <= p_now - p_age AND m.created_at <= p_now - p_age
               AND (m.call_deadline IS NULL OR m.call_deadline <= p_now - p_age)
             GROUP BY m.company_id, m.conversation_id) AS o
      JOIN core.conversations c ON c.company_id = o.company_id AND c.id = o.conversation_id
      JOIN core.companies k ON k.id = c.company_id
      JOIN core.channel_instances i ON i.company_id = c.company_id AND i.id = c.instance_id
     WHERE k.status = 'active' AND i.deleted_at IS NULL AND (c.state <> 'human' OR o.on_the_wire)
       AND (c.delivery_lease_until IS NULL OR c.delivery_lease_until <= p_now));
END
$$;
COMMENT ON FUNCTION core.count_overdue_deliveries_v1(text[], interval, timestamptz) IS 'Conversations whose open bubbles are older than an age and that nobody delivers; what rests is not among them. Served by messages_leaving_idx.';

CREATE FUNCTION core.resting_bubbles_v1(p_channels text[], p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (channel text, resting bigint, oldest_at timestamptz)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT m.leaves_by, count(*), min(m.created_at)
      FROM core.messages m
     WHERE m.status IN ('planned', 'sending') AND m.leaves_by = ANY (p_channels) AND coalesce(m.due_at, '-infinity') > p_now
     GROUP BY m.leaves_by;
END
$$;
COMMENT ON FUNCTION core.resting_bubbles_v1(text[], timestamptz) IS 'By channel: how many bubbles rest because a send was turned away, and when the oldest of them was planned. No row where none does. Served by messages_leaving_idx.';

-- Whoever deletes an instance knows nothing of bubbles. What is on the wire there has an end of its own.
CREATE FUNCTION core.rouse_bubbles_of_deleted_v1(p_channels text[], p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    roused int;
BEGIN
    WITH resting AS MATERIALIZED (
        SELECT DISTINCT m.company_id, m.conversation_id
          FROM core.messages m
         WHERE m.status = 'planned' AND m.leaves_by = ANY (p_channels) AND coalesce(m.due_at, '-infinity') > p_now),
    gone AS MATERIALIZED (
        SELECT c.company_id, c.id
          FROM resting r
          JOIN core.conversations c ON c.company_id = r.company_id AND c.id = r.conversation_id
          JOIN core.channel_instances i ON i.company_id = c.company_id AND i.id = c.instance_id
         WHERE i.deleted_at IS NOT NULL
           FOR UPDATE OF c SKIP LOCKED)
    UPDATE core.messages m SET due_at = NULL
      FROM gone g
     WHERE m.company_id = g.company_id AND m.conversation_id = g.id AND m.status = 'planned';
    GET DIAGNOSTICS roused = ROW_COUNT;
    RETURN roused;
END
$$;
COMMENT ON FUNCTION core.rouse_bubbles_of_deleted_v1(text[], timestamptz) IS 'Bubbles that rest at an instance deleted meanwhile need not rest: the next claim ends them. Served by messages_leaving_idx.';

-- Our own waits grow to five minutes, so an instance that was mended longer ago has nothing left to bring near. Not all at once: who has
-- just come back is not met by everything that waited. What was turned away since, or what the provider asked to wait for, stays. A repeat
-- that was held back is still on the wire as nobody's call. A conversation that is locked is looked at again by the next sweep.
CREATE FUNCTION core.rouse_bubbles_of_mended_v1(p_channels text[], p_limit int, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (roused int)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN QUERY
    WITH resting AS MATERIALIZED (
        SELECT c.company_id, c.id, greatest(p_now + random() * interval '10 s', c.asked_to_rest_until) AS due
          FROM core.channel_instances i
          JOIN core.conversations c ON c.company_id = i.company_id AND c.instance_id = i.id
         WHERE i.mended_at > p_now - interval '6 min' AND i.channel = ANY (p_channels) AND i.deleted_at IS NULL
           AND c.rests_until > p_now + interval '10 s' AND c.rests_until > c.asked_to_rest_until AND c.rests_since < i.mended_at
         LIMIT p_limit
           FOR UPDATE OF c SKIP LOCKED),
    near AS (
        UPDATE core.conversations c SET delivery_lease_until = r.due, rests_until = r.due
          FROM resting r
         WHERE c.company_id = r.company_id AND c.id = r.id
        RETURNING c.company_id, c.id, c.rests_until),
    bubbles AS (
        UPDATE core.messages m
           SET due_at = n.rests_until, call_deadline = CASE m.status WHEN 'sending' THEN n.rests_until - interval '5 s' END
          FROM near n
         WHERE m.company_id = n.company_id AND m.conversation_id = n.id AND m.due_at > n.rests_until
           AND m.status IN ('planned', 'sending') AND (m.status = 'planned' OR m.call_fence = 0))
    SELECT count(*)::int FROM near;
END
$$;
COMMENT ON FUNCTION core.rouse_bubbles_of_mended_v1(text[], int, timestamptz) IS 'What rests at instances that work again since is due within ten seconds, but not before the provider asked for; how many conversations. Served by conversations_resting_idx.';

-- Whoever wrote, was written to or was taken over since the form came needs no first words. Fair: the first form of each company comes
-- before the second of any, so that a company whose rows cannot be mended holds up nobody.
CREATE FUNCTION core.ungreeted_form_leads_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, submission_id uuid, lead_id uuid, conversation_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.company_id, s.id, s.lead_id, chat.id
      FROM core.form_submissions s
      JOIN core.companies k ON k.id = s.company_id AND k.status = 'active'
      JOIN core.lead_forms f ON f.company_id = s.company_id AND f.id = s.form_id
      JOIN core.channel_instances i ON i.company_id = f.company_id AND i.id = f.instance_id AND i.deleted_at IS NULL
      JOIN core.centurion_configs u ON u.company_id = i.company_id AND u.id = i.centurion_id AND u.published IS NOT NULL
     CROSS JOIN LATERAL (
           SELECT c.*
             FROM core.conversations c
            WHERE c.company_id = s.company_id AND c.lead_id = s.lead_id AND c.instance_id = f.instance_id
            -- The one that receive_form_lead_v1 opened, and that the event names.
            ORDER BY 'phone:' || c.chat_ref <> s.person, c.created_at, c.id
            LIMIT 1) AS chat
     WHERE s.announced AND s.person LIKE 'phone:%' AND s.created_at > p_now - p_back AND s.created_at <= p_now - p_age
       AND chat.state = 'ai' AND chat.inbound_seq = chat.answered_seq
       AND (chat.last_inbound_at IS NULL OR chat.last_inbound_at < s.created_at)
       AND (chat.last_outbound_at IS NULL OR chat.last_outbound_at < s.created_at)
       AND NOT EXISTS (SELECT FROM core.takeovers t
                        WHERE t.company_id = chat.company_id AND t.conversation_id = chat.id
                          AND (t.returned_at IS NULL OR t.returned_at >= s.created_at))
       AND NOT EXISTS (SELECT FROM core.conversations c
                         JOIN core.turns t ON t.company_id = c.company_id AND t.conversation_id = c.id
                        WHERE c.company_id = s.company_id AND c.lead_id = s.lead_id
                          AND t.origin = 'form' AND t.origin_id = s.id::text)
     ORDER BY row_number() OVER (PARTITION BY s.company_id ORDER BY s.created_at), s.created_at
     LIMIT p_limit;
END
$$;
COMMENT ON FUNCTION core.ungreeted_form_leads_v1(int, interval, interval, timestamptz) IS 'Forms older than an age whose lead nobody has spoken with since; ids only. Served by form_submissions_announced_idx.';

-- Fair in the same way. A person who had the conversation when the contract was signed has said it already.
CREATE FUNCTION core.untold_signatures_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, contract_id uuid, lead_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT s.company_id, s.id, s.lead_id
      FROM core.contracts s
     CROSS JOIN LATERAL (
           SELECT c.*
             FROM core.conversations c
            WHERE c.company_id = s.company_id AND c.lead_id = s.lead_id AND c.state <> 'closed'
            ORDER BY coalesce(c.last_inbound_at, c.created_at) DESC
            LIMIT 1) AS chat
      JOIN core.channel_instances i ON i.company_id = chat.company_id AND i.id = chat.instance_id AND i.deleted_at IS NULL
      JOIN core.centurion_configs u ON u.company_id = i.company_id AND u.id = i.centurion_id AND u.published IS NOT NULL
     WHERE s.status = 'signed' AND s.updated_at > p_now - p_back AND s.updated_at <= p_now - p_age AND chat.state <> 'human'
       AND NOT EXISTS (SELECT FROM core.takeovers t
                        WHERE t.company_id = chat.company_id AND t.conversation_id = chat.id
                          AND t.taken_at <= s.updated_at + p_age AND (t.returned_at IS NULL OR t.returned_at >= s.updated_at))
       AND NOT EXISTS (SELECT FROM core.conversations c
                         JOIN core.turns t ON t.company_id = c.company_id AND t.conversation_id = c.id
                        WHERE c.company_id = s.company_id AND c.lead_id = s.lead_id
                          AND t.origin = 'contract' AND t.origin_id = s.id || ':signed')
     ORDER BY row_number() OVER (PARTITION BY s.company_id ORDER BY s.updated_at), s.updated_at
     LIMIT p_limit;
END
$$;
COMMENT ON FUNCTION core.untold_signatures_v1(int, interval, interval, timestamptz) IS 'Signed contracts of which the lead was not told in the chat; ids only. Served by contracts_signed_idx.';

SELECT core.make_forget_function('message_keys', 'core.message_keys', 'created_at', '30 days', 'runtime_app');
SELECT core.make_forget_function('media', 'core.media', 'created_at', '12 months', 'runtime_app');

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.count_overdue_turns_v1(interval, timestamptz)',
            'core.make_stranded_bursts_due_v1(int, interval, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_turns', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO runtime_app', f);
    END LOOP;
    FOREACH f IN ARRAY ARRAY['core.ungreeted_form_leads_v1(int, interval, interval, timestamptz)',
            'core.untold_signatures_v1(int, interval, interval, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_sweep', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO runtime_app', f);
    END LOOP;
END
$$;
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.count_overdue_deliveries_v1(text[], interval, timestamptz)',
            'core.resting_bubbles_v1(text[], timestamptz)', 'core.rouse_bubbles_of_deleted_v1(text[], timestamptz)',
            'core.rouse_bubbles_of_mended_v1(text[], int, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_delivery', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO runtime_app, evolution_app', f);
    END LOOP;
END
$$;
