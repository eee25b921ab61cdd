-- An operator restores what a lead said in a window, from the raw webhooks: projections only, by a role that can write no outbox.
-- Functions only, no locks.

-- The number a message had is not written anywhere else. Webhooks are restored in the order in which they came, so the lowest number that
-- is free in its conversation is its own, or comes after all the others.
CREATE FUNCTION core.rebuild_message(p_in core.intake_item, p_received timestamptz) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_key          record;
    v_chat         constant text := p_in.item ->> 'chat_ref';
    v_lead         uuid;
    v_conversation core.conversations%ROWTYPE;
    v_seq          bigint;
    v_message      uuid;
BEGIN
    SELECT k.message_id INTO v_key FROM core.message_keys k
     WHERE k.company_id = p_in.company_id AND k.instance_id = p_in.instance_id AND k.provider_key = p_in.item ->> 'provider_key';
    IF (core.known_message(p_in, p_in.item ->> 'provider_message_id')).id IS NOT NULL
       OR EXISTS (SELECT FROM core.messages m WHERE m.company_id = p_in.company_id AND m.id = v_key.message_id) THEN
        RETURN false;
    END IF;
    -- The id it had, so that whatever names the message finds it again.
    v_message := coalesce(v_key.message_id, core.uuid7());

    SELECT f.lead_id INTO v_lead
      FROM core.find_or_make_lead(p_in.company_id, p_in.kinds, p_in.identities,
               (SELECT c.lead_id FROM core.conversations c
                 WHERE c.company_id = p_in.company_id AND c.instance_id = p_in.instance_id AND c.chat_ref = v_chat),
               core.described_lead(p_in), p_received) AS f;
    v_conversation := core.open_conversation(p_in.company_id, v_lead, p_in.instance_id, p_in.channel, v_chat, false, p_received);
    v_seq := coalesce(
        (SELECT min(n) FROM pg_catalog.generate_series(1, v_conversation.inbound_seq) AS n
          WHERE NOT EXISTS (SELECT FROM core.messages m
                             WHERE m.company_id = v_conversation.company_id AND m.conversation_id = v_conversation.id AND m.seq = n)),
        v_conversation.inbound_seq + 1);

    -- No deadline moves. Where everything is answered, what is restored counts as answered too: it is the past, and no sweep may take it
    -- for a burst. Where words wait for an answer, with a deadline or without one, they go on waiting: a number behind theirs joins them,
    -- as there is one line only between what is answered and what is not.
    UPDATE core.conversations c
       SET inbound_seq = greatest(c.inbound_seq, v_seq),
           answered_seq = CASE WHEN c.answered_seq = c.inbound_seq THEN greatest(c.answered_seq, v_seq) ELSE c.answered_seq END,
           last_inbound_at = greatest(c.last_inbound_at, p_received), updated_at = pg_catalog.clock_timestamp()
     WHERE c.company_id = v_conversation.company_id AND c.id = v_conversation.id;
    INSERT INTO core.message_keys (company_id, instance_id, provider_key, message_id, created_at)
    VALUES (p_in.company_id, p_in.instance_id, p_in.item ->> 'provider_key', v_message, p_received)
        ON CONFLICT (company_id, instance_id, provider_key) DO NOTHING;
    INSERT INTO core.messages (id, company_id, conversation_id, direction, author, seq, kind, text, media, provider_message_id, reply_to,
                               referral, status, written_at, created_at)
    VALUES (v_message, p_in.company_id, v_conversation.id, 'in', 'lead', v_seq, core.message_kind(p_in.item), p_in.item ->> 'text',
            nullif(p_in.item -> 'media', 'null'), p_in.item ->> 'provider_message_id', p_in.item ->> 'reply_to',
            nullif(p_in.item -> 'referral', 'null'), 'received', coalesce((p_in.item ->> 'written_at')::timestamptz, p_received), p_received);
    RETURN true;
END
$$;
COMMENT ON FUNCTION core.rebuild_message(core.intake_item, timestamptz) IS 'What a lead wrote, if it is missing; true when it was. Makes the lead and the conversation where they are missing, too.';

-- A status moves our own bubbles, and an echo may be one of them: neither can be told from the webhook alone, so both are left as they are.
CREATE FUNCTION core.rebuild_mark(p_in core.intake_item, p_received timestamptz) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_message constant uuid := (core.known_message(p_in, p_in.item ->> 'provider_message_id')).id;
    v_at      constant timestamptz := coalesce((p_in.item ->> 'written_at')::timestamptz, p_received);
BEGIN
    CASE p_in.item ->> 'what'
        WHEN 'edit' THEN
            UPDATE core.messages m SET text = p_in.item ->> 'text', edited_at = v_at
             WHERE m.company_id = p_in.company_id AND m.id = v_message AND m.direction = 'in' AND m.deleted_at IS NULL
               AND (m.edited_at IS NULL OR m.edited_at < v_at) AND m.text IS DISTINCT FROM p_in.item ->> 'text';
        WHEN 'delete' THEN
            UPDATE core.messages m SET text = NULL, media = NULL, transcript = NULL, deleted_at = v_at
             WHERE m.company_id = p_in.company_id AND m.id = v_message AND m.direction = 'in' AND m.deleted_at IS NULL;
        ELSE
            RETURN false;
    END CASE;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION core.rebuild_mark(core.intake_item, timestamptz) IS 'What a lead changed or took back, if it is not so; true when it was not.';

-- Owned by core_rebuild, which holds no grant on any outbox: whatever goes wrong here, nothing is announced.
CREATE FUNCTION core.rebuild_messages_v1(batch jsonb) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_row      record;
    v_restored int := 0;
    v_all      int := 0;
BEGIN
    PERFORM core.lock_people(ARRAY(
        SELECT i.company_id || ' ' || x.kind || ' ' || x.value
          FROM pg_catalog.jsonb_array_elements(batch) AS b (item)
          JOIN core.channel_instances i ON i.id = (b.item ->> 'instance_id')::uuid
         CROSS JOIN LATERAL core.spell_identities(i.channel, b.item ->> 'chat_ref', nullif(b.item -> 'identities', 'null')) AS s
         CROSS JOIN LATERAL unnest(s.kinds, s.identities) AS x (kind, value)
         WHERE b.item ->> 'what' = 'message'));
    FOR v_row IN
        SELECT ROW(b.place - 1, b.item, i.company_id, i.id, i.channel, false, NULL, NULL, s.kinds, s.identities)::core.intake_item AS entry,
               coalesce((b.item ->> 'received_at')::timestamptz, pg_catalog.clock_timestamp()) AS received,
               i.id IS NOT NULL AND i.deleted_at IS NULL AS ours
          FROM pg_catalog.jsonb_array_elements(batch) WITH ORDINALITY AS b (item, place)
          LEFT JOIN core.channel_instances i ON i.id = (b.item ->> 'instance_id')::uuid
         CROSS JOIN LATERAL core.spell_identities(i.channel, b.item ->> 'chat_ref', nullif(b.item -> 'identities', 'null')) AS s
         ORDER BY b.place
    LOOP
        v_all := v_all + 1;
        CONTINUE WHEN NOT v_row.ours;
        IF (CASE (v_row.entry).item ->> 'what' WHEN 'message' THEN core.rebuild_message(v_row.entry, v_row.received)
                                               ELSE core.rebuild_mark(v_row.entry, v_row.received) END) THEN
            v_restored := v_restored + 1;
        END IF;
    END LOOP;
    RETURN pg_catalog.jsonb_build_object('restored', v_restored, 'unchanged', v_all - v_restored);
END
$$;
COMMENT ON FUNCTION core.rebuild_messages_v1(jsonb) IS 'Restores what leads wrote, changed and took back, from the items of raw webhooks with received_at: {restored, unchanged}. No events, no deadline, nothing that was there is changed.';

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.rebuild_message(core.intake_item, timestamptz)', 'core.rebuild_mark(core.intake_item, timestamptz)',
            'core.rebuild_messages_v1(jsonb)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_rebuild', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION core.rebuild_messages_v1(jsonb) TO runtime_app, evolution_app;
