-- Intake of every channel: one statement stores a batch of one or a thousand, of one company or many.
-- Functions only, no locks.

CREATE FUNCTION core.receive_item(p_in core.intake_item, p_now timestamptz, OUT result jsonb, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_what    constant text := p_in.item ->> 'what';
    v_message constant uuid := CASE v_what WHEN 'message' THEN core.uuid7() END;
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
        WHEN 'message' THEN
            SELECT r.* INTO result, events FROM core.receive_message(p_in, v_message, p_now) AS r;
        WHEN 'echo' THEN
            SELECT r.* INTO result, events FROM core.receive_echo(p_in, p_now) AS r;
        WHEN 'status', 'edit', 'delete', 'reaction' THEN
            SELECT r.* INTO result, events FROM core.receive_mark(p_in, p_now) AS r;
        ELSE
            RAISE EXCEPTION 'an intake item cannot be a %', coalesce(v_what, 'NULL') USING ERRCODE = 'invalid_parameter_value';
    END CASE;
END
$$;
COMMENT ON FUNCTION core.receive_item(core.intake_item, timestamptz) IS 'One item of a batch, once.';

-- Owned by core_intake: it takes the company from the instance and never changes claims, so a batch may span companies and
-- leaves the caller bound to what it was bound to. The people of the whole batch are locked first; items are worked on in the order (company, identity), so that two batches
-- lock in the same order, and marks last, so that no conversation is waited for while a settle waits for us. On 22P05, 22021,
-- 22P02, 23502, 23514 or 40P01 the caller splits the batch into singles: one bad item must not take the others with it.
CREATE FUNCTION core.receive_messages_v1(batch jsonb, p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_row     record;
    v_done    record;
    v_results jsonb[] := '{}';
    -- Arrays, flattened once: adding to one growing jsonb would copy it for every item.
    v_events  jsonb[] := '{}';
BEGIN
    PERFORM core.lock_people(ARRAY(
        SELECT i.company_id || ' ' || x.kind || ' ' || x.value
          FROM pg_catalog.jsonb_array_elements(batch) AS b (item)
          JOIN core.channel_instances i ON i.id = (b.item ->> 'instance_id')::uuid
         CROSS JOIN LATERAL core.spelled_identities(i.channel, b.item ->> 'chat_ref', nullif(b.item -> 'identities', 'null')) AS x
         WHERE b.item ->> 'what' IN ('message', 'echo')));
    FOR v_row IN
        SELECT ROW(b.place - 1, b.item, i.company_id, i.id, i.channel, k.status = 'active',
                   coalesce(u.debounce_quiet_ms, 4000) * interval '1 ms', coalesce(u.debounce_longest_ms, 20000) * interval '1 ms',
                   s.kinds, s.identities)::core.intake_item AS entry,
               i.id IS NULL AS unknown, i.deleted_at IS NOT NULL OR k.status = 'archived' AS deleted
          FROM pg_catalog.jsonb_array_elements(batch) WITH ORDINALITY AS b (item, place)
          LEFT JOIN core.channel_instances i ON i.id = (b.item ->> 'instance_id')::uuid
          LEFT JOIN core.companies k ON k.id = i.company_id
          LEFT JOIN core.centurion_configs u ON u.company_id = i.company_id AND u.id = i.centurion_id
          CROSS JOIN LATERAL (
               SELECT coalesce(pg_catalog.array_agg(x.kind), '{}') AS kinds, coalesce(pg_catalog.array_agg(x.value), '{}') AS identities
                 FROM core.spelled_identities(i.channel, b.item ->> 'chat_ref', nullif(b.item -> 'identities', 'null')) AS x) AS s
         ORDER BY b.item ->> 'what' NOT IN ('message', 'echo'), i.company_id, s.kinds[1], s.identities[1], b.place
    LOOP
        IF v_row.unknown OR v_row.deleted THEN
            v_results := array_append(v_results, pg_catalog.jsonb_build_object('index', (v_row.entry).place,
                'outcome', CASE WHEN v_row.unknown THEN 'unknown_instance' ELSE 'deleted_instance' END, 'company_id', (v_row.entry).company_id));
        ELSE
            SELECT r.* INTO v_done FROM core.receive_item(v_row.entry, p_now) AS r;
            v_results := array_append(v_results,
                pg_catalog.jsonb_build_object('index', (v_row.entry).place, 'company_id', (v_row.entry).company_id) || v_done.result);
            v_events := array_append(v_events, v_done.events);
        END IF;
    END LOOP;
    RETURN pg_catalog.jsonb_build_object(
        'results', (SELECT coalesce(pg_catalog.jsonb_agg(r ORDER BY (r ->> 'index')::int), '[]') FROM unnest(v_results) AS r),
        'events', (SELECT coalesce(pg_catalog.jsonb_agg(e.event ORDER BY d.place, e.place), '[]')
                     FROM unnest(v_events) WITH ORDINALITY AS d (events, place)
                    CROSS JOIN LATERAL pg_catalog.jsonb_array_elements(d.events) WITH ORDINALITY AS e (event, place)));
END
$$;
COMMENT ON FUNCTION core.receive_messages_v1(jsonb, timestamptz) IS 'Stores a batch of what providers told us; returns an outcome per item and the events, which the caller stores in its outbox in the same statement.';

CREATE FUNCTION core.bump_deadline_v1(p_conversation uuid, p_now timestamptz DEFAULT clock_timestamp()) RETURNS timestamptz
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    SELECT core.bump_deadline(c.company_id, c.id, coalesce(u.debounce_quiet_ms, 4000) * interval '1 ms',
               coalesce(u.debounce_longest_ms, 20000) * interval '1 ms', p_now)
      FROM core.conversations c
      LEFT JOIN core.channel_instances i ON i.company_id = c.company_id AND i.id = c.instance_id
      LEFT JOIN core.centurion_configs u ON u.company_id = i.company_id AND u.id = i.centurion_id
     WHERE c.company_id = core.claimed_company() AND c.id = p_conversation
$$;
COMMENT ON FUNCTION core.bump_deadline_v1(uuid, timestamptz) IS 'The lead is typing: an open burst waits a little longer, never beyond its cap. Returns the deadline; NULL when no burst is open.';

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
    FOREACH f IN ARRAY ARRAY['core.receive_item(core.intake_item, timestamptz)',
            'core.receive_messages_v1(jsonb, timestamptz)',
            'core.bump_deadline_v1(uuid, timestamptz)',
            'core.forget_expired_marks_v1(int, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_intake', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION core.receive_messages_v1(jsonb, timestamptz), core.bump_deadline_v1(uuid, timestamptz) TO runtime_app, evolution_app;
GRANT EXECUTE ON FUNCTION core.forget_expired_marks_v1(int, timestamptz) TO runtime_app;
