-- Intake of every channel: one statement stores a batch of one or a thousand, of one company or many.
-- Functions only, no locks.

-- Whoever locks several of these locks them in this order: people (lock_people), conversations by company and
-- id, leads who wait for a place by company and id, the month's places. A mark locks its conversation only
-- when nobody knows its message yet (known_message), "still typing" only when a deadline waits.
CREATE FUNCTION core.lock_batch(p_all core.intake_item[]) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_companies     uuid[];
    v_conversations uuid[];
    v_leads         uuid[];
BEGIN
    SELECT pg_catalog.array_agg(w.company_id), pg_catalog.array_agg(w.id)
      INTO v_companies, v_conversations
      FROM (SELECT DISTINCT c.company_id, c.id
              FROM unnest(p_all) AS e
             CROSS JOIN LATERAL (
                   (SELECT k.company_id, k.id, k.turn_due_at
                      FROM core.conversations k
                     WHERE k.company_id = e.company_id AND k.instance_id = e.instance_id
                       AND k.chat_ref BETWEEN e.item ->> 'chat_ref' AND e.item ->> 'chat_ref'
                     ORDER BY k.chat_ref OFFSET 0)
                   UNION ALL
                   SELECT k.company_id, k.id, k.turn_due_at
                     FROM unnest(e.kinds, e.identities) AS x (kind, value)
                    CROSS JOIN LATERAL (
                          SELECT i.lead_id FROM core.lead_identities i
                           WHERE i.company_id = e.company_id AND i.kind = x.kind AND i.value BETWEEN x.value AND x.value
                           ORDER BY i.value OFFSET 0) AS i
                    CROSS JOIN LATERAL (
                          SELECT o.company_id, o.id, o.turn_due_at FROM core.conversations o
                           WHERE o.company_id = e.company_id AND o.lead_id = i.lead_id AND o.instance_id = e.instance_id OFFSET 0) AS k) AS c
             WHERE CASE WHEN e.item ->> 'what' IN ('message', 'echo') THEN true
                        WHEN e.item ->> 'what' = 'presence' THEN c.turn_due_at IS NOT NULL
                        ELSE (core.known_message(e, core.message_meant(e.item))).id IS NULL END) AS w;
    PERFORM c.id
       FROM unnest(v_companies, v_conversations) AS k (company_id, id)
       JOIN core.conversations c ON c.company_id = k.company_id AND c.id = k.id
      ORDER BY c.company_id, c.id
        FOR NO KEY UPDATE OF c;

    SELECT pg_catalog.array_agg(w.company_id), pg_catalog.array_agg(w.lead_id)
      INTO v_companies, v_leads
      FROM (SELECT DISTINCT e.company_id, i.lead_id
              FROM unnest(p_all) AS e
             CROSS JOIN LATERAL unnest(e.kinds, e.identities) AS x (kind, value)
             CROSS JOIN LATERAL (
                   SELECT i.lead_id FROM core.lead_identities i
                    WHERE i.company_id = e.company_id AND i.kind = x.kind AND i.value BETWEEN x.value AND x.value
                    ORDER BY i.value OFFSET 0) AS i
             WHERE e.item ->> 'what' IN ('message', 'echo')) AS w;
    PERFORM l.id
       FROM unnest(v_companies, v_leads) AS k (company_id, id)
       JOIN core.leads l ON l.company_id = k.company_id AND l.id = k.id
      WHERE l.over_plan_at IS NOT NULL
      ORDER BY l.company_id, l.id
        FOR NO KEY UPDATE OF l;
END
$$;
COMMENT ON FUNCTION core.lock_batch(core.intake_item[]) IS 'Locks what a batch of several items will change, in the one order, before any item is worked on. The caller holds lock_people on the addresses.';

-- Plain: a message that tells nothing new of a lead whom we know at this address. Where one message of a chat is not plain, none of
-- them is: they keep their order. What is held for a plan takes the way through open_conversation. The caller
-- holds lock_people on the addresses.
CREATE FUNCTION core.plain_messages(p_all core.intake_item[], OUT places int[], OUT conversations uuid[])
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    -- One item locks in that order by itself.
    IF cardinality(p_all) > 1 THEN
        PERFORM core.lock_batch(p_all);
    END IF;
    SELECT pg_catalog.array_agg(w.place), pg_catalog.array_agg(w.id)
      INTO places, conversations
      FROM (SELECT e.place, c.id, bool_and(coalesce(e.item ->> 'what' = 'message'
                       AND pg_catalog.jsonb_typeof(e.item -> 'referral') IS DISTINCT FROM 'object'
                       AND (l.name IS NOT NULL OR coalesce(e.item ->> 'name', '') = '')
                       AND (l.phone IS NOT NULL OR NOT 'phone' = ANY (e.kinds))
                       AND l.instance_id IS NOT NULL AND l.over_plan_at IS NULL AND c.held_for IS NULL
                       AND NOT EXISTS (SELECT FROM unnest(e.kinds, e.identities) AS k (kind, value)
                                        WHERE NOT EXISTS (SELECT FROM core.lead_identities i
                                                           WHERE i.company_id = e.company_id AND i.kind = k.kind
                                                             AND i.value BETWEEN k.value AND k.value
                                                           ORDER BY i.value OFFSET 0)),
                       false)) OVER (PARTITION BY c.company_id, c.id) AS plain
              FROM unnest(p_all) AS e
             CROSS JOIN LATERAL (
                   SELECT k.company_id, k.id, k.lead_id, k.held_for FROM core.conversations k
                    WHERE k.company_id = e.company_id AND k.instance_id = e.instance_id
                      AND k.chat_ref BETWEEN e.item ->> 'chat_ref' AND e.item ->> 'chat_ref'
                    ORDER BY k.chat_ref OFFSET 0) AS c
              JOIN core.leads l ON l.company_id = c.company_id AND l.id = c.lead_id
             WHERE e.item ->> 'what' IN ('message', 'echo')) AS w
     WHERE w.plain;
    -- Locked before they are read again.
    PERFORM c.id
       FROM unnest(conversations) AS k (id)
       JOIN core.conversations c ON c.id = k.id
      ORDER BY c.company_id, c.id
        FOR NO KEY UPDATE OF c;
END
$$;
COMMENT ON FUNCTION core.plain_messages(core.intake_item[]) IS 'Which items of a batch are plain messages, and the conversation of each, locked.';

-- All of them in one statement: keys, numbers, deadlines, messages. A key that was seen before takes its message out; it is left to receive_item.
CREATE FUNCTION core.receive_plain_messages(p_all core.intake_item[], p_now timestamptz, OUT places int[], OUT results jsonb[], OUT events jsonb[])
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_plain constant record := core.plain_messages(p_all);
    v_known record;
BEGIN
    IF v_plain.places IS NULL THEN
        RETURN;
    END IF;
    WITH plain AS MATERIALIZED (
        SELECT e.*, p.conversation, core.uuid7() AS message
          FROM unnest(v_plain.places, v_plain.conversations) AS p (place, conversation)
          JOIN unnest(p_all) AS e ON e.place = p.place),
    fresh AS (
        INSERT INTO core.message_keys (company_id, instance_id, provider_key, message_id, created_at)
        SELECT p.company_id, p.instance_id, p.item ->> 'provider_key', p.message, p_now FROM plain p ORDER BY p.place
            ON CONFLICT (company_id, instance_id, provider_key) DO NOTHING
        RETURNING message_id),
    said AS (
        SELECT p.*, core.message_kind(p.item) AS kind, coalesce((p.item ->> 'written_at')::timestamptz, p_now) AS written_at,
               pg_catalog.row_number() OVER (PARTITION BY p.company_id, p.conversation ORDER BY p.place) AS nth
          FROM plain p JOIN fresh f ON f.message_id = p.message),
    counted AS (
        -- Due soon after the last word, but a talkative lead is answered too.
        UPDATE core.conversations c
           SET inbound_seq = c.inbound_seq + s.many, last_inbound_at = p_now, updated_at = p_now,
               state = CASE c.state WHEN 'closed' THEN 'ai' ELSE c.state END,
               burst_started_at = CASE WHEN s.answering AND c.state IN ('ai', 'closed') THEN coalesce(c.burst_started_at, p_now)
                                       ELSE c.burst_started_at END,
               turn_due_at = CASE WHEN s.answering AND c.state IN ('ai', 'closed')
                                  THEN least(p_now + s.quiet, coalesce(c.burst_started_at, p_now) + s.longest)
                                  ELSE c.turn_due_at END
          FROM (SELECT a.company_id, a.conversation, count(*) AS many, bool_and(a.answering) AS answering, max(a.quiet) AS quiet,
                       max(a.longest) AS longest
                  FROM said a GROUP BY a.company_id, a.conversation) AS s
         WHERE c.company_id = s.company_id AND c.id = s.conversation
        RETURNING c.company_id, c.id, c.lead_id, c.inbound_seq - s.many AS seq_before),
    numbered AS MATERIALIZED (
        SELECT s.*, c.lead_id, c.seq_before + s.nth AS seq
          FROM said s JOIN counted c ON c.company_id = s.company_id AND c.id = s.conversation),
    stored AS (
        INSERT INTO core.messages (id, company_id, conversation_id, direction, author, seq, kind, text, media, provider_message_id, reply_to,
                                   referral, status, written_at, trace, created_at)
        SELECT n.message, n.company_id, n.conversation, 'in', 'lead', n.seq, n.kind, n.item ->> 'text', nullif(n.item -> 'media', 'null'),
               n.item ->> 'provider_message_id', n.item ->> 'reply_to', nullif(n.item -> 'referral', 'null'), 'received', n.written_at,
               n.item -> 'trace', p_now
          FROM numbered n)
    SELECT pg_catalog.array_agg(n.place ORDER BY n.place),
           pg_catalog.array_agg(pg_catalog.jsonb_build_object('index', n.place, 'company_id', n.company_id, 'outcome', 'stored',
               'message_id', n.message, 'conversation_id', n.conversation, 'lead_id', n.lead_id, 'seq', n.seq) ORDER BY n.place),
           pg_catalog.array_agg(pg_catalog.jsonb_build_array(core.event_row(n.company_id, 'message.received', n.conversation, n.seq,
               pg_catalog.jsonb_build_object('message', n.message, 'conversation', n.conversation, 'lead', n.lead_id,
                   'instance', n.instance_id, 'channel', upper(n.channel), 'kind', upper(n.kind), 'seq', n.seq,
                   'writtenAt', core.iso_utc(n.written_at)), n.item -> 'trace', p_now)) ORDER BY n.place)
      INTO places, results, events
      FROM numbered n;

    FOR v_known IN
        SELECT DISTINCT c.o AS conversation, k.message_id, e.item ->> 'provider_message_id' AS provider_message_id
          FROM unnest(p_all) AS e
          JOIN core.pending_marks w ON w.company_id = e.company_id AND w.instance_id = e.instance_id
                                   AND w.provider_message_id = e.item ->> 'provider_message_id'
          JOIN core.message_keys k ON k.company_id = e.company_id AND k.instance_id = e.instance_id AND k.provider_key = e.item ->> 'provider_key'
          JOIN core.messages m ON m.company_id = k.company_id AND m.id = k.message_id
         CROSS JOIN LATERAL (
               SELECT o FROM core.conversations o WHERE o.company_id = m.company_id AND o.id = m.conversation_id OFFSET 0) AS c
         WHERE e.place = ANY (places)
    LOOP
        events := array_append(events, core.apply_pending_marks(v_known.conversation, v_known.message_id, v_known.provider_message_id, p_now));
    END LOOP;
END
$$;
COMMENT ON FUNCTION core.receive_plain_messages(core.intake_item[], timestamptz) IS 'Stores the plain messages of a batch together; the rest is left to receive_item.';

CREATE FUNCTION core.receive_item(p_in core.intake_item, p_now timestamptz, OUT result jsonb, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_what    constant text := p_in.item ->> 'what';
    v_message constant uuid := CASE v_what WHEN 'message' THEN core.uuid7() END;
    v_done    record;
BEGIN
    events := '[]';
    IF v_what = 'presence' THEN
        -- Not deduplicated: it says "still typing" each time, and changes nothing but the deadline of an open burst.
        result := pg_catalog.jsonb_build_object('outcome', CASE WHEN core.bump_deadline(p_in.company_id,
            core.find_conversation(p_in.company_id, p_in.instance_id, p_in.item ->> 'chat_ref', p_in.kinds, p_in.identities),
            p_in.quiet, p_in.longest, p_now) IS NULL THEN 'ignored' ELSE 'applied' END);
        RETURN;
    END IF;

    -- Waits for another transaction that holds the same key; whoever comes second finds it taken.
    INSERT INTO core.message_keys (company_id, instance_id, provider_key, message_id, created_at)
    VALUES (p_in.company_id, p_in.instance_id, p_in.item ->> 'provider_key', v_message, p_now)
        ON CONFLICT (company_id, instance_id, provider_key) DO NOTHING;
    IF NOT FOUND THEN
        result := (
            SELECT pg_catalog.jsonb_build_object('outcome', 'duplicate', 'message_id', m.id, 'conversation_id', m.conversation_id,
                       'lead_id', c.lead_id, 'seq', m.seq)
              FROM core.message_keys k
              LEFT JOIN core.messages m ON m.company_id = k.company_id AND m.id = k.message_id
              LEFT JOIN core.conversations c ON c.company_id = m.company_id AND c.id = m.conversation_id
             WHERE k.company_id = p_in.company_id AND k.instance_id = p_in.instance_id AND k.provider_key = p_in.item ->> 'provider_key');
        RETURN;
    END IF;

    CASE v_what
        WHEN 'message' THEN v_done := core.receive_message(p_in, v_message, p_now);
        WHEN 'echo' THEN v_done := core.receive_echo(p_in, p_now);
        WHEN 'status', 'edit', 'delete', 'reaction' THEN v_done := core.receive_mark(p_in, p_now);
        ELSE
            RAISE EXCEPTION 'an intake item cannot be a %', coalesce(v_what, 'NULL') USING ERRCODE = 'invalid_parameter_value';
    END CASE;
    result := v_done.result;
    events := v_done.events;
END
$$;
COMMENT ON FUNCTION core.receive_item(core.intake_item, timestamptz) IS 'One item of a batch, once.';

-- Owned by core_intake: it takes the company from the instance and never changes claims, so a batch may span companies and
-- leaves the caller bound to what it was bound to. The people of the whole batch are locked first; items are worked on in the order
-- (company, identity), so that two batches lock in the same order, and marks last, so that no conversation is waited for while a
-- settle waits for us. On a refused value or a deadlock the caller splits the batch: one bad item must not take the others with it.
-- A row that is held longer than any commit takes is waited for by its own webhook alone, again and again (StoreFold): a batch spans companies.
-- A generic plan is made once a connection and kept: also one that was made while the tables were empty, when reading all of a table
-- looks cheaper than its index; hence no sequential scans.
CREATE FUNCTION core.receive_messages_v1(batch jsonb, p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = '' SET plan_cache_mode = force_generic_plan SET lock_timeout = '500ms' SET enable_seqscan = off AS $$
DECLARE
    v_all     record;
    v_entry   core.intake_item;
    v_plain   record;
    v_done    record;
    v_results jsonb[] := '{}';
    -- Arrays, flattened once: adding to one growing jsonb would copy it for every item.
    v_events  jsonb[] := '{}';
BEGIN
    SELECT pg_catalog.array_agg(e.entry ORDER BY e.mark, (e.entry).company_id, (e.entry).kinds[1], (e.entry).identities[1], (e.entry).place)
               FILTER (WHERE e.refused IS NULL) AS entries,
           coalesce(pg_catalog.array_agg(pg_catalog.jsonb_build_object('index', (e.entry).place, 'outcome', e.refused,
               'company_id', (e.entry).company_id)) FILTER (WHERE e.refused IS NOT NULL), '{}') AS refused
      INTO v_all
      FROM (SELECT ROW(b.place - 1, b.item, i.company_id, i.id, i.channel, k.status = 'active',
                       coalesce(u.debounce_quiet_ms, 4000) * interval '1 ms', coalesce(u.debounce_longest_ms, 20000) * interval '1 ms',
                       s.kinds, s.identities)::core.intake_item AS entry,
                   CASE WHEN i.id IS NULL THEN 'unknown_instance'
                        WHEN i.deleted_at IS NOT NULL OR k.status = 'archived' THEN 'deleted_instance' END AS refused,
                   b.item ->> 'what' NOT IN ('message', 'echo') AS mark
              FROM pg_catalog.jsonb_array_elements(batch) WITH ORDINALITY AS b (item, place)
              LEFT JOIN core.channel_instances i ON i.id = (b.item ->> 'instance_id')::uuid
              LEFT JOIN core.companies k ON k.id = i.company_id
              LEFT JOIN core.centurion_configs u ON u.company_id = i.company_id AND u.id = i.centurion_id
             CROSS JOIN LATERAL core.spell_identities(i.channel, b.item ->> 'chat_ref', nullif(b.item -> 'identities', 'null')) AS s) AS e;
    v_results := v_all.refused;

    IF v_all.entries IS NOT NULL THEN
        PERFORM core.lock_people(ARRAY(
            SELECT e.company_id || ' ' || x.kind || ' ' || x.value
              FROM unnest(v_all.entries) AS e
             CROSS JOIN LATERAL unnest(e.kinds, e.identities) AS x (kind, value)
             WHERE e.item ->> 'what' IN ('message', 'echo')));
        v_plain := core.receive_plain_messages(v_all.entries, p_now);
        v_results := v_results || v_plain.results;
        v_events := coalesce(v_plain.events, '{}');
        FOREACH v_entry IN ARRAY v_all.entries LOOP
            CONTINUE WHEN v_entry.place = ANY (v_plain.places);
            v_done := core.receive_item(v_entry, p_now);
            v_results := array_append(v_results,
                pg_catalog.jsonb_build_object('index', v_entry.place, 'company_id', v_entry.company_id) || v_done.result);
            v_events := array_append(v_events, v_done.events);
        END LOOP;
    END IF;

    IF cardinality(v_results) = 1 THEN
        RETURN pg_catalog.jsonb_build_object('results', pg_catalog.jsonb_build_array(v_results[1]), 'events',
            CASE cardinality(v_events) WHEN 0 THEN '[]' WHEN 1 THEN v_events[1] ELSE v_events[1] || v_events[2] END);
    END IF;
    RETURN pg_catalog.jsonb_build_object(
        'results', (SELECT coalesce(pg_catalog.jsonb_agg(r ORDER BY (r ->> 'index')::int), '[]') FROM unnest(v_results) AS r),
        'events', (SELECT coalesce(pg_catalog.jsonb_agg(e.event ORDER BY d.place, e.place), '[]')
                     FROM unnest(v_events) WITH ORDINALITY AS d (events, place)
                    CROSS JOIN LATERAL pg_catalog.jsonb_array_elements(d.events) WITH ORDINALITY AS e (event, place)));
END
$$;
COMMENT ON FUNCTION core.receive_messages_v1(jsonb, timestamptz) IS 'Stores a batch of what providers told us; returns an outcome per item and the events, which the caller stores in its outbox in the same statement.';

CREATE FUNCTION core.forget_expired_marks_v1(p_limit int, p_now timestamptz DEFAULT clock_timestamp()) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    forgotten int;
BEGIN
    DELETE FROM core.pending_marks k
     WHERE (k.company_id, k.id) IN (
           SELECT o.company_id, o.id FROM core.pending_marks o WHERE o.expires_at <= p_now ORDER BY o.expires_at LIMIT p_limit);
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    RETURN forgotten;
END
$$;
COMMENT ON FUNCTION core.forget_expired_marks_v1(int, timestamptz) IS 'Forgets marks whose id never became known. Served by pending_marks_expired_idx.';

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.lock_batch(core.intake_item[])', 'core.plain_messages(core.intake_item[])',
            'core.receive_plain_messages(core.intake_item[], timestamptz)',
            'core.receive_item(core.intake_item, timestamptz)',
            'core.receive_messages_v1(jsonb, timestamptz)',
            'core.forget_expired_marks_v1(int, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_intake', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION core.receive_messages_v1(jsonb, timestamptz) TO runtime_app, evolution_app;
GRANT EXECUTE ON FUNCTION core.forget_expired_marks_v1(int, timestamptz) TO runtime_app;
