-- What a turn needs to know before anything is asked, in one statement and one snapshot, because it stands between the deadline and the
-- model. Only creates a function; locks nothing.

-- A function for its plan: it joins and asks so much that planning it takes longer than running it, and by itself PostgreSQL would plan it anew
-- for every turn. The plan for any parameters is as good: all of it goes by keys, and by the indexes messages_timeline_idx,
-- messages_open_bubbles_idx and lead_scores_newest_idx and the unique key of turns. While the tables are small or were never analysed it is
-- planned each time all the same: a plan for an empty table takes any index for as good as another, and would be kept while a company's first
-- thousands come. It runs as whoever calls it, under row-level security.
--
-- The fence says whether the turn is still ours, the epoch whether a person came; if not, there is no row. The newest messages that were said,
-- enough of them that bubbles sent meanwhile push nothing out that is to be answered; what of the last reply was not said, as newer words
-- drop it, comes marked, and so does what may yet turn out not to have been: its call is on the wire, or it is still to be said, as none
-- of these words drops it (an answer to a talkative lead). What is to be answered comes last, in its order: by the clock a word whose
-- transaction waited may lie before a bubble that was planned meanwhile, and the model would take it for answered. So do the words
-- before it whose answers were dropped whole, back to the last turn that spoke, decided to be silent, or was spoken for by a person;
-- and the bubbles of those answers take no place in the history. Words that were stored together have one time. A call from before the
-- conversation was given back may yet turn out not to have been made, and its words unanswered; under one epoch such calls only end, so where
-- no person ever came nobody looks for one.
CREATE FUNCTION core.read_burst_v1(p_company uuid, p_conversation uuid, p_fence bigint, p_epoch bigint, p_history bigint)
    RETURNS TABLE (id uuid, lead_id uuid, instance_id uuid, channel text, state text, inbound_seq bigint, answered_seq bigint,
                   fence bigint, epoch bigint, burst_started_at timestamptz, age_ms bigint, centurion_id uuid, published_version int,
                   published text, evidence text, spend_is_left boolean, on_the_wire boolean, late boolean, history text)
    LANGUAGE plpgsql STABLE SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_catalog.set_config('plan_cache_mode', 'force_custom_plan', true)
       FROM pg_catalog.pg_class t
      WHERE t.oid IN ('core.conversations'::regclass, 'core.messages'::regclass, 'core.turns'::regclass)
     HAVING min(t.reltuples) < 100;
    RETURN QUERY
    SELECT c.id, c.lead_id, c.instance_id, c.channel, c.state, c.inbound_seq, c.answered_seq, c.fence, c.epoch, c.burst_started_at,
           (extract(epoch FROM clock_timestamp() - coalesce(c.burst_started_at, clock_timestamp())) * 1000)::bigint AS age_ms,
           g.id AS centurion_id, g.published_version, (g.published)::text AS published,
           (SELECT (s.evidence)::text FROM core.lead_scores s
             WHERE s.company_id = p_company AND s.lead_id = c.lead_id ORDER BY s.created_at DESC LIMIT 1) AS evidence,
           core.spend_is_left_v1(p_company) AS spend_is_left,
           c.epoch > 0 AND EXISTS (
               SELECT FROM core.messages w
                WHERE w.company_id = p_company AND w.conversation_id = p_conversation AND w.status = 'sending' AND w.call_fence <> 0
                  AND w.call_epoch < c.epoch) AS on_the_wire,
           EXISTS (SELECT FROM core.turns t
                    WHERE t.company_id = p_company AND t.conversation_id = p_conversation AND t.origin = 'burst' AND t.purpose = 'courtesy'
                      AND t.to_seq > heard.seq) AS late,
           (SELECT (jsonb_agg(h.message ORDER BY h.open_seq NULLS FIRST, h.created_at, h.seq, h.id))::text
              FROM (SELECT m.created_at, m.seq, m.id, CASE WHEN m.direction = 'in' AND m.seq > heard.seq THEN m.seq END AS open_seq,
                           jsonb_build_object(
                               'id', m.id, 'seq', m.seq, 'kind', m.kind, 'text', m.text, 'transcript', m.transcript,
                               'media', m.media, 'trace', CASE m.direction WHEN 'in' THEN m.trace END,
                               'coming', (m.media ->> 'state' = 'pending' AND d.message_id IS NULL)
                                   OR (m.media ->> 'ask_again_at')::timestamptz > clock_timestamp(),
                               'waited_ms', (extract(epoch FROM clock_timestamp() - coalesce((m.media ->> 'waited_since')::timestamptz,
                                   CASE WHEN m.media ->> 'state' = 'pending' AND d.message_id IS NULL THEN m.created_at END)) * 1000)::bigint,
                               'settled', (m.media ->> 'settled_until')::timestamptz > clock_timestamp(),
                               'said', CASE WHEN m.status = 'sending' OR m.status = 'planned' AND m.seen_seq >= c.inbound_seq
                                            THEN 'soon'
                                            WHEN m.status IN ('planned', 'superseded') THEN 'never' END) AS message
                      FROM core.messages m
                      LEFT JOIN core.media d ON d.company_id = p_company AND d.message_id = m.id AND d.state <> 'waiting'
                     WHERE m.company_id = p_company AND m.conversation_id = p_conversation
                       AND (m.status NOT IN ('planned', 'superseded', 'failed')
                            OR (m.seen_seq >= c.answered_seq AND m.purpose IN ('answer', 'follow_up', 'first_contact')
                                AND (m.status = 'planned' OR (m.status = 'superseded' AND m.failure = 'newer_words'))))
                     ORDER BY m.created_at DESC, m.seq DESC, m.id DESC
                     LIMIT p_history + c.inbound_seq - heard.seq + heard.dropped) AS h) AS history
      FROM core.conversations c
      LEFT JOIN LATERAL (
           SELECT m.turn_id, m.created_at
             FROM core.messages m
            WHERE m.company_id = p_company AND m.conversation_id = p_conversation AND m.purpose IN ('answer', 'handover')
              AND m.status NOT IN ('superseded', 'failed')
              AND (m.status <> 'planned' OR m.purpose = 'handover' OR m.seen_seq >= c.inbound_seq)
            ORDER BY m.created_at DESC
            LIMIT 1) AS spoken ON true
     CROSS JOIN LATERAL (
           SELECT CASE count(*) WHEN 0 THEN c.answered_seq
                       ELSE greatest(min(t.from_seq) - 1, CASE WHEN c.epoch > 0 THEN (
                           SELECT max(p.seen_seq) FROM core.messages p
                            WHERE p.company_id = p_company AND p.conversation_id = p_conversation AND p.author = 'person'
                              AND p.seen_seq <= c.answered_seq) END) END AS seq,
                  count(*) AS dropped
             FROM core.messages m
             JOIN core.turns t ON t.company_id = p_company AND t.id = m.turn_id
            WHERE m.company_id = p_company AND m.conversation_id = p_conversation AND m.purpose IN ('answer', 'handover')
              AND m.created_at > coalesce(spoken.created_at, '-infinity') AND m.turn_id IS DISTINCT FROM spoken.turn_id
              AND t.to_seq <= c.answered_seq
              AND NOT EXISTS (
                  SELECT FROM core.turns s
                   WHERE s.company_id = p_company AND s.conversation_id = p_conversation AND s.origin = 'burst' AND s.outcome = 'silence'
                     AND s.to_seq BETWEEN t.to_seq AND c.answered_seq)
              AND (c.epoch = 0 OR NOT EXISTS (
                  SELECT FROM core.messages p
                   WHERE p.company_id = p_company AND p.conversation_id = p_conversation AND p.author = 'person' AND p.seen_seq >= t.to_seq))) AS heard
      LEFT JOIN core.channel_instances i ON i.company_id = p_company AND i.id = c.instance_id
      LEFT JOIN core.centurion_configs g ON g.company_id = p_company AND g.id = i.centurion_id AND g.published IS NOT NULL
     WHERE c.company_id = p_company AND c.id = p_conversation AND c.fence = p_fence AND c.epoch = p_epoch AND c.state = 'ai';
END
$$;
REVOKE ALL ON FUNCTION core.read_burst_v1(uuid, uuid, bigint, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION core.read_burst_v1(uuid, uuid, bigint, bigint, bigint) TO runtime_app;
COMMENT ON FUNCTION core.read_burst_v1(uuid, uuid, bigint, bigint, bigint) IS 'What a claimed turn answers to; no row when it is not ours any more, or a person has the conversation.';
