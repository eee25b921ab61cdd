-- Words that wait stay waiting through a rebuild, our own echo stays ours, an id means one bubble, and sweeps are fair to companies.
-- Functions only, no locks.

CREATE OR REPLACE FUNCTION core.rebuild_message(p_in core.intake_item, p_received timestamptz) RETURNS boolean
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

-- The words tell, and the time: the same words much later are a person's.
CREATE FUNCTION core.early_echo(p_bubble core.messages) RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN (
    SELECT k.provider_message_id
      FROM core.pending_marks k
     WHERE k.company_id = p_bubble.company_id AND k.conversation_id = p_bubble.conversation_id AND k.what = 'echo'
       AND k.item ->> 'text' IS NOT DISTINCT FROM p_bubble.text
       AND coalesce((k.item ->> 'written_at')::timestamptz, k.created_at)
           <= coalesce(p_bubble.called_at, p_bubble.created_at) + interval '10 min'
     ORDER BY k.created_at
     LIMIT 1);
END
$$;
COMMENT ON FUNCTION core.early_echo(core.messages) IS 'The id of the echo of a bubble that came while its call was on the wire; null when none did.';
ALTER FUNCTION core.early_echo(core.messages) OWNER TO core_delivery;
REVOKE ALL ON FUNCTION core.early_echo(core.messages) FROM PUBLIC;

-- Locks the conversation row, as take_over_v1 does: what this returns as "send" was allowed at that instant, and after a committed
-- takeover it never returns "send" again.
CREATE OR REPLACE FUNCTION core.claim_bubble_v1(p_conversation uuid, p_delivery_fence bigint, p_lease interval, p_call_timeout interval,
                                     p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (verdict text, bubble_id uuid, reply_id uuid, "position" int, kind text, text text, media jsonb, pace_ms int, wait_ms int,
                   attempt int, events jsonb)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    v_company      constant uuid := core.claimed_company();
    v_conversation core.conversations%ROWTYPE;
    v_bubble       core.messages%ROWTYPE;
    v_next         record;
    v_echo         text;
    v_due          timestamptz := p_now;
BEGIN
    verdict := 'none';
    events := '[]';
    SELECT c.* INTO v_conversation FROM core.conversations c WHERE c.company_id = v_company AND c.id = p_conversation FOR UPDATE;
    IF NOT FOUND OR v_conversation.delivery_fence <> p_delivery_fence THEN
        RETURN NEXT;
        RETURN;
    END IF;
    IF NOT EXISTS (SELECT FROM core.companies k WHERE k.id = v_company AND k.status = 'active') THEN
        PERFORM core.release_delivery_v1(p_conversation, p_delivery_fence);
        RETURN NEXT;
        RETURN;
    END IF;

    SELECT b.* INTO v_bubble
      FROM core.messages b
     WHERE b.company_id = v_company AND b.conversation_id = p_conversation AND b.status = 'sending'
     ORDER BY b.created_at, b.position
     LIMIT 1;
    IF FOUND AND p_now < v_bubble.call_deadline + interval '5 s' THEN
        verdict := 'wait';
        v_due := v_bubble.call_deadline + interval '5 s';
    ELSIF FOUND AND v_conversation.state <> 'human' AND v_bubble.attempts < 3 THEN
        verdict := 'resolve';
    ELSE
        IF FOUND THEN
            -- Nobody may call again (a person has the conversation) or three workers have died on it: listed as unknown, unless its
            -- echo came meanwhile.
            v_echo := core.early_echo(v_bubble);
            events := core.end_call(v_conversation, v_bubble, CASE WHEN v_echo IS NULL THEN 'unknown' ELSE 'accepted' END, v_echo,
                                    CASE WHEN v_echo IS NULL THEN 'unresolved' END, p_now)
                   || core.decide_early_echoes(v_conversation, p_now);
            -- That may have given the conversation to a person, and it moved the pace.
            SELECT c.* INTO STRICT v_conversation FROM core.conversations c WHERE c.company_id = v_company AND c.id = p_conversation;
        END IF;
        SELECT n.* INTO v_next FROM core.next_bubble(v_conversation, p_now) AS n;
        v_bubble := v_next.next_bubble;
        events := events || v_next.events;
        IF v_bubble.id IS NULL THEN
            PERFORM core.release_delivery_v1(p_conversation, p_delivery_fence);
            RETURN NEXT;
            RETURN;
        END IF;
        v_due := greatest(p_now, v_bubble.due_at, v_conversation.last_outbound_at + v_bubble.pace_ms * interval '1 ms');
        verdict := CASE WHEN v_due > p_now THEN 'wait' ELSE 'send' END;
    END IF;

    IF verdict <> 'wait' THEN
        UPDATE core.messages b
           SET status = 'sending', attempts = b.attempts + 1, call_fence = p_delivery_fence, call_deadline = p_now + p_lease + p_call_timeout,
               -- What is resolved was called before: the look-up must begin there.
               called_at = CASE verdict WHEN 'send' THEN p_now ELSE coalesce(b.called_at, b.created_at) END
         WHERE b.company_id = v_company AND b.id = v_bubble.id
        RETURNING b.* INTO v_bubble;
        text := v_bubble.text;
        media := v_bubble.media;
    END IF;
    UPDATE core.conversations c
       SET delivery_lease_until = CASE verdict WHEN 'wait' THEN p_now + p_lease ELSE v_bubble.call_deadline END
     WHERE c.company_id = v_company AND c.id = p_conversation;

    bubble_id := v_bubble.id;
    reply_id := v_bubble.reply_id;
    position := v_bubble.position;
    kind := v_bubble.kind;
    pace_ms := v_bubble.pace_ms;
    wait_ms := ceil(extract(epoch FROM v_due - p_now) * 1000);
    attempt := v_bubble.attempts;
    RETURN NEXT;
END
$$;

-- accepted: the provider has it (its id). refused: it never will. unknown: nobody can tell. later: certainly not sent, try again
-- after a growing wait, or after what the provider asked for. What a worker knows to be accepted is written even after it lost its
-- lease: it is a fact. A worker knows its own call only: where an earlier one ended unseen, "not sent" (refused, later) is not known
-- of the bubble. Repeatable: a worker whose answer from here was lost asks again and is told that it is settled.
CREATE OR REPLACE FUNCTION core.settle_bubble_v2(p_bubble uuid, p_delivery_fence bigint, p_outcome text, p_provider_message_id text, p_reason text,
                                      p_retry_after interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_company      constant uuid := core.claimed_company();
    v_conversation core.conversations%ROWTYPE;
    v_bubble       core.messages%ROWTYPE;
    v_echo         text;
    v_events       jsonb;
    v_outcome      text := p_outcome;
BEGIN
    IF p_outcome NOT IN ('accepted', 'refused', 'unknown', 'later') THEN
        RAISE EXCEPTION 'a bubble cannot be settled as %', p_outcome USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT c.* INTO v_conversation
      FROM core.conversations c
     WHERE c.company_id = v_company
       AND c.id = (SELECT b.conversation_id FROM core.messages b WHERE b.company_id = v_company AND b.id = p_bubble)
       FOR UPDATE;
    SELECT b.* INTO v_bubble
      FROM core.messages b
     WHERE b.company_id = v_company AND b.id = p_bubble AND b.author = 'machine'
       AND (b.status = 'sending'
            -- A late look-up found it; unless that id means another message by now. A look-up goes by the words and holds no fence: while
            -- the same words are on the wire again, what it found may be those, whose id is not known yet.
            OR (b.status = 'unknown' AND p_outcome = 'accepted' AND NOT EXISTS (
                SELECT FROM core.messages x
                 WHERE x.company_id = v_company AND x.conversation_id = b.conversation_id
                   AND (x.provider_message_id = p_provider_message_id
                        OR (p_delivery_fence = 0 AND x.status = 'sending' AND x.text IS NOT DISTINCT FROM b.text)))))
       AND (b.call_fence = p_delivery_fence OR p_outcome = 'accepted');
    IF NOT FOUND THEN
        RETURN pg_catalog.jsonb_build_object('events', '[]'::jsonb, 'settled', EXISTS (
            SELECT FROM core.messages b
             WHERE b.company_id = v_company AND b.id = p_bubble AND b.author = 'machine' AND b.call_fence = p_delivery_fence
               AND b.status NOT IN ('planned', 'sending')
               AND (p_outcome <> 'accepted' OR b.provider_message_id = p_provider_message_id)));
    END IF;

    IF v_bubble.attempts > 1 AND p_outcome IN ('refused', 'later') THEN
        v_outcome := 'unknown';
    END IF;
    IF v_outcome = 'later' THEN
        RETURN pg_catalog.jsonb_build_object('settled', true,
            'events', core.postpone_bubble(v_conversation, v_bubble, p_reason, p_retry_after, p_now));
    END IF;
    -- Nothing is on the wire any more: should the worker die now, the rest of the reply need not wait as if it were.
    UPDATE core.conversations c SET delivery_lease_until = least(c.delivery_lease_until, p_now + interval '10 s')
     WHERE c.company_id = v_company AND c.id = v_conversation.id AND c.delivery_fence = p_delivery_fence;
    IF v_outcome = 'unknown' THEN
        -- An echo of the same words came while the call was on the wire: it did arrive.
        v_echo := core.early_echo(v_bubble);
        IF v_echo IS NOT NULL THEN
            v_events := core.end_call(v_conversation, v_bubble, 'accepted', v_echo, NULL, p_now);
        END IF;
    END IF;
    v_events := coalesce(v_events, core.end_call(v_conversation, v_bubble, v_outcome, p_provider_message_id, p_reason, p_now))
             || core.decide_early_echoes(v_conversation, p_now);
    RETURN pg_catalog.jsonb_build_object('settled', true, 'events', v_events);
END
$$;

-- Replacing a function forgets its settings: see the migration before this one.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz)',
            'core.settle_bubble_v2(uuid, bigint, text, text, text, interval, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
    END LOOP;
END
$$;

-- Fair: the first form of each company comes before the second of any, so that a company whose rows cannot be mended holds up nobody.
CREATE OR REPLACE FUNCTION core.ungreeted_form_leads_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
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

-- Fair in the same way. A person who had the conversation when the contract was signed has said it already.
CREATE OR REPLACE FUNCTION core.untold_signatures_v1(p_limit int, p_age interval, p_back interval, p_now timestamptz DEFAULT clock_timestamp())
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
