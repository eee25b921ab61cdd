-- Delivery: one lease per conversation, bubbles in order, each claimed before and settled after its provider call.
-- Functions only, no locks.

-- Looks at open bubbles only, and at their conversations by key: what has been delivered costs nothing, however much it is.
-- Fair: each round takes the oldest of every company before the second oldest of any. A bubble on the wire of a dead worker
-- counts only when its call can no longer be running, so that nobody spins on it. What is open at a deleted instance can never
-- leave: it is ended here, once, so that no later look comes across it.
CREATE FUNCTION core.claim_deliveries_v1(p_channels text[], p_limit int, p_lease interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversation_id uuid, instance_id uuid, chat_ref text, channel text, delivery_fence bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    WITH open AS MATERIALIZED (
        SELECT m.company_id, m.conversation_id, min(m.created_at) AS oldest, bool_or(m.status = 'sending') AS on_the_wire,
               bool_or(m.status = 'sending' AND m.call_deadline + interval '5 s' <= p_now) AS overdue
          FROM core.messages m
         WHERE m.status IN ('planned', 'sending')
         GROUP BY m.company_id, m.conversation_id),
    gone AS MATERIALIZED (
        SELECT w.company_id, w.id
          FROM open o
          JOIN core.conversations w ON w.company_id = o.company_id AND w.id = o.conversation_id
          JOIN core.channel_instances i ON i.company_id = w.company_id AND i.id = w.instance_id
         WHERE i.deleted_at IS NOT NULL AND w.channel = ANY (p_channels)
           FOR UPDATE OF w SKIP LOCKED),
    ended AS (
        UPDATE core.messages m
           SET status = CASE m.status WHEN 'planned' THEN 'superseded' ELSE 'unknown' END, failure = 'instance_deleted',
               sent_at = CASE m.status WHEN 'sending' THEN p_now END
          FROM gone g
         WHERE m.company_id = g.company_id AND m.conversation_id = g.id
           AND (m.status = 'planned' OR (m.status = 'sending' AND m.call_deadline + interval '5 s' <= p_now))),
    fair AS MATERIALIZED (
        SELECT w.company_id, w.id, o.oldest, row_number() OVER (PARTITION BY w.company_id ORDER BY o.oldest, w.id) AS round
          FROM open o
          JOIN core.conversations w ON w.company_id = o.company_id AND w.id = o.conversation_id
          JOIN core.companies k ON k.id = w.company_id
          JOIN core.channel_instances i ON i.company_id = w.company_id AND i.id = w.instance_id
         WHERE k.status = 'active' AND i.deleted_at IS NULL AND w.channel = ANY (p_channels)
           AND (w.delivery_lease_until IS NULL OR w.delivery_lease_until <= p_now)
           AND CASE WHEN o.on_the_wire THEN o.overdue ELSE w.state <> 'human' END),
    picked AS MATERIALIZED (
        SELECT c.company_id, c.id
          FROM fair f
          JOIN core.conversations c ON c.company_id = f.company_id AND c.id = f.id
         -- Asked again after the lock: another replica may have been here between the look and the lock.
         WHERE c.delivery_lease_until IS NULL OR c.delivery_lease_until <= p_now
         ORDER BY f.round, f.oldest
         LIMIT p_limit
           FOR UPDATE OF c SKIP LOCKED)
    UPDATE core.conversations c
       SET delivery_fence = c.delivery_fence + 1, delivery_lease_until = p_now + p_lease
      FROM picked p
     WHERE c.company_id = p.company_id AND c.id = p.id
    RETURNING c.company_id, c.id, c.instance_id, c.chat_ref, c.channel, c.delivery_fence
$$;
COMMENT ON FUNCTION core.claim_deliveries_v1(text[], int, interval, timestamptz) IS 'Conversations with bubbles to deliver, fairly over active companies, each leased to the caller. Ends what is open at deleted instances. Served by messages_open_bubbles_idx.';

CREATE FUNCTION core.release_delivery_v1(p_conversation uuid, p_delivery_fence bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    UPDATE core.conversations c SET delivery_lease_until = NULL
     WHERE c.id = p_conversation AND c.delivery_fence = p_delivery_fence
       AND (core.company() IS NULL OR c.company_id = core.company());
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION core.release_delivery_v1(uuid, bigint) IS 'Gives a delivery back before its lease ends; false when it was lost already.';

-- Locks the conversation row, as take_over_v1 does: what this returns as "send" was allowed at that instant, and after a committed
-- takeover it never returns "send" again. The caller begins its call only while more than the call's time-out is left of its lease.
CREATE FUNCTION core.claim_bubble_v1(p_conversation uuid, p_delivery_fence bigint, p_lease interval, p_call_timeout interval,
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
    v_due          timestamptz := p_now;
BEGIN
    verdict := 'none';
    events := '[]';
    SELECT c.* INTO v_conversation FROM core.conversations c WHERE c.company_id = v_company AND c.id = p_conversation FOR UPDATE;
    IF NOT FOUND OR v_conversation.delivery_fence <> p_delivery_fence
       OR NOT EXISTS (SELECT FROM core.companies k WHERE k.id = v_company AND k.status = 'active') THEN
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
            -- Nobody may call again (a person has the conversation) or three workers have died on it: listed as unknown.
            events := core.end_call(v_conversation, v_bubble, 'unknown', NULL, 'unresolved', p_now)
                   || core.decide_early_echoes(v_conversation, p_now);
            -- That may have given the conversation to a person, and it moved the pace.
            SELECT c.* INTO STRICT v_conversation FROM core.conversations c WHERE c.company_id = v_company AND c.id = p_conversation;
        END IF;
        SELECT n.* INTO v_next FROM core.next_bubble(v_conversation, p_now) AS n;
        v_bubble := v_next.next_bubble;
        events := events || v_next.events;
        IF v_bubble.id IS NULL THEN
            RETURN NEXT;
            RETURN;
        END IF;
        v_due := greatest(p_now, v_bubble.due_at, v_conversation.last_outbound_at + v_bubble.pace_ms * interval '1 ms');
        verdict := CASE WHEN v_due > p_now THEN 'wait' ELSE 'send' END;
    END IF;

    IF verdict <> 'wait' THEN
        UPDATE core.messages b
           SET status = 'sending', attempts = b.attempts + 1, call_fence = p_delivery_fence, call_deadline = p_now + p_lease + p_call_timeout
         WHERE b.company_id = v_company AND b.id = v_bubble.id
        RETURNING b.* INTO v_bubble;
        text := v_bubble.text;
        media := v_bubble.media;
    END IF;
    UPDATE core.conversations c SET delivery_lease_until = v_due + p_lease WHERE c.company_id = v_company AND c.id = p_conversation;

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
COMMENT ON FUNCTION core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz) IS 'What to do now in a leased conversation: send, wait, resolve a call of a dead worker, or none. The events go to the caller''s outbox in the same statement.';

-- Policy "hold": the lead's newer words, once a burst waits for its answer, drop what was still to be said in the old reply.
-- What the lead must hear anyway (courtesy, handover, notice) stays.
CREATE FUNCTION core.next_bubble(p_conversation core.conversations, p_now timestamptz, OUT next_bubble core.messages, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_why text;
BEGIN
    events := '[]';
    IF p_conversation.state = 'human' THEN
        RETURN;
    END IF;
    LOOP
        -- Replies one after the other in the order in which they were planned, never interleaved.
        SELECT b.* INTO next_bubble
          FROM core.messages b
         WHERE b.company_id = p_conversation.company_id AND b.conversation_id = p_conversation.id AND b.status = 'planned'
         ORDER BY (SELECT min(f.created_at) FROM core.messages f
                    WHERE f.company_id = b.company_id AND f.conversation_id = b.conversation_id AND f.status = 'planned'
                      AND f.reply_id = b.reply_id), b.reply_id, b.position
         LIMIT 1;
        EXIT WHEN NOT FOUND;

        IF next_bubble.purpose IN ('answer', 'follow_up', 'first_contact') AND p_conversation.inbound_seq > p_conversation.answered_seq
           AND p_conversation.inbound_seq > next_bubble.seen_seq THEN
            events := events || core.supersede_bubbles(p_conversation.company_id, p_conversation.id, next_bubble.reply_id, 'newer_words', p_now);
            CONTINUE;
        END IF;
        v_why := CASE
            WHEN next_bubble.purpose IN ('follow_up', 'first_contact') AND EXISTS (
                 SELECT FROM core.consents s
                  WHERE s.company_id = p_conversation.company_id AND s.lead_id = p_conversation.lead_id
                    AND s.purpose = 'contact' AND s.state = 'opted_out') THEN 'opted_out'
            -- Meta lets us answer on Instagram for 24 hours after the lead's last words.
            WHEN p_conversation.channel = 'instagram'
                 AND p_now > coalesce(p_conversation.last_inbound_at, '-infinity') + interval '24 hours' THEN 'window_closed'
        END;
        EXIT WHEN v_why IS NULL;
        events := events || core.end_call(p_conversation, next_bubble, 'refused', NULL, v_why, p_now);
    END LOOP;
END
$$;
COMMENT ON FUNCTION core.next_bubble(core.conversations, timestamptz) IS 'The bubble to leave next, after dropping what may not leave any more; the conversation is locked by the caller.';

-- accepted: the provider has it (its id). refused: it never will. unknown: nobody can tell. later: certainly not sent, try again
-- after a growing wait. What a worker knows to be accepted is written even after it lost its lease: it is a fact. A worker knows
-- its own call only: where an earlier one ended unseen, "not sent" (refused, later) is not known of the bubble.
CREATE FUNCTION core.settle_bubble_v1(p_bubble uuid, p_delivery_fence bigint, p_outcome text, p_provider_message_id text, p_reason text,
                                      p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_company      constant uuid := core.claimed_company();
    v_conversation core.conversations%ROWTYPE;
    v_bubble       core.messages%ROWTYPE;
    v_echo         record;
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
       AND (b.status = 'sending' OR (b.status = 'unknown' AND p_outcome = 'accepted'))
       AND (b.call_fence = p_delivery_fence OR p_outcome = 'accepted');
    IF NOT FOUND THEN
        RETURN '{"settled": false, "events": []}';
    END IF;

    IF v_bubble.attempts > 1 AND p_outcome IN ('refused', 'later') THEN
        v_outcome := 'unknown';
    END IF;
    IF v_outcome = 'later' THEN
        RETURN pg_catalog.jsonb_build_object('settled', true, 'events', core.postpone_bubble(v_conversation, v_bubble, p_reason, p_now));
    END IF;
    IF v_outcome = 'unknown' THEN
        -- An echo of the same words came while the call was on the wire: it did arrive.
        SELECT k.provider_message_id INTO v_echo
          FROM core.pending_marks k
         WHERE k.company_id = v_company AND k.conversation_id = v_conversation.id AND k.what = 'echo'
           AND k.item ->> 'text' IS NOT DISTINCT FROM v_bubble.text
         ORDER BY k.created_at
         LIMIT 1;
        IF FOUND THEN
            v_events := core.end_call(v_conversation, v_bubble, 'accepted', v_echo.provider_message_id, NULL, p_now);
        END IF;
    END IF;
    v_events := coalesce(v_events, core.end_call(v_conversation, v_bubble, v_outcome, p_provider_message_id, p_reason, p_now))
             || core.decide_early_echoes(v_conversation, p_now);
    RETURN pg_catalog.jsonb_build_object('settled', true, 'events', v_events);
END
$$;
COMMENT ON FUNCTION core.settle_bubble_v1(uuid, bigint, text, text, text, timestamptz) IS 'How a provider call ended: accepted, refused, unknown or later; refused and later are unknown when an earlier call ended unseen. Binds the provider''s id, applies what was said of it before, and decides early echoes.';

CREATE FUNCTION core.postpone_bubble(p_conversation core.conversations, p_bubble core.messages, p_reason text, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    -- 5 s, 10 s, 20 s … five minutes.
    v_due constant timestamptz := p_now + least(interval '5 s' * power(2, least(p_bubble.postponed, 10)), interval '5 min');
BEGIN
    UPDATE core.messages b
       SET status = CASE p_conversation.state WHEN 'human' THEN 'superseded' ELSE 'planned' END,
           failure = p_reason, due_at = v_due, attempts = b.attempts - 1, postponed = b.postponed + 1, call_fence = NULL, call_deadline = NULL
     WHERE b.company_id = p_bubble.company_id AND b.id = p_bubble.id;
    -- The delivery ends here: a new fence, and nobody claims the conversation before it is worth trying.
    UPDATE core.conversations c SET delivery_fence = c.delivery_fence + 1, delivery_lease_until = v_due
     WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id AND c.delivery_fence = p_bubble.call_fence;
    RETURN core.decide_early_echoes(p_conversation, p_now) || CASE WHEN p_conversation.state = 'human'
        THEN pg_catalog.jsonb_build_array(core.bubble_event(p_bubble.company_id, p_bubble.conversation_id, p_bubble.id, p_bubble.reply_id,
            p_bubble.position, 'superseded', p_bubble.trace, p_now)) ELSE '[]' END;
END
$$;
COMMENT ON FUNCTION core.postpone_bubble(core.conversations, core.messages, text, timestamptz) IS 'Puts back a bubble that certainly did not leave; dropped instead when a person has the conversation.';

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.claim_deliveries_v1(text[], int, interval, timestamptz)', 'core.release_delivery_v1(uuid, bigint)',
            'core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz)', 'core.next_bubble(core.conversations, timestamptz)',
            'core.settle_bubble_v1(uuid, bigint, text, text, text, timestamptz)',
            'core.postpone_bubble(core.conversations, core.messages, text, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_delivery', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION core.claim_deliveries_v1(text[], int, interval, timestamptz), core.release_delivery_v1(uuid, bigint),
    core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz),
    core.settle_bubble_v1(uuid, bigint, text, text, text, timestamptz) TO runtime_app, evolution_app;
