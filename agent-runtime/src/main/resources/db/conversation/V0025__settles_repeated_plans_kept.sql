-- A settle may be repeated, an echo has its time, and the functions of every message stay on their indexes however a table looked when first planned.
-- Storage parameters of two tables (SHARE UPDATE EXCLUSIVE, instant, for new pages only); otherwise functions only.

-- A conversation's row is updated some ten times a turn, and a message's as often as its states change: room in the page keeps the updates
-- that touch no index there, and the rest is cleared away before it is worth reading.
ALTER TABLE core.conversations SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500,
                                    autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE core.messages SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_analyze_scale_factor = 0.02);

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
COMMENT ON FUNCTION core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz) IS 'What to do now in a leased conversation: send, wait (come back within half the lease), resolve a call of a dead worker, or none, which gives the conversation back. Otherwise renews the lease. The events go to the caller''s outbox in the same statement.';

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
       AND (b.status = 'sending'
            -- A late look-up found it; unless that id means another message by now.
            OR (b.status = 'unknown' AND p_outcome = 'accepted' AND NOT EXISTS (
                SELECT FROM core.messages x
                 WHERE x.company_id = v_company AND x.conversation_id = b.conversation_id AND x.provider_message_id = p_provider_message_id)))
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
        SELECT k.provider_message_id INTO v_echo
          FROM core.pending_marks k
         WHERE k.company_id = v_company AND k.conversation_id = v_conversation.id AND k.what = 'echo'
           AND k.item ->> 'text' IS NOT DISTINCT FROM v_bubble.text
           AND coalesce((k.item ->> 'written_at')::timestamptz, k.created_at) <= coalesce(v_bubble.called_at, v_bubble.created_at) + interval '10 min'
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

CREATE OR REPLACE FUNCTION core.receive_echo(p_in core.intake_item, p_now timestamptz, OUT result jsonb, OUT events jsonb)
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_id           constant text := p_in.item ->> 'provider_message_id';
    v_chat         record;
    v_conversation core.conversations%ROWTYPE;
    v_ours         core.messages%ROWTYPE;
    v_person       record;
BEGIN
    -- The lock makes a settle on the wire finish first; only then is "unknown" an answer.
    SELECT o.* INTO v_chat FROM core.open_chat(p_in, p_now) AS o;
    v_conversation := v_chat.conversation;
    events := v_chat.events;
    result := pg_catalog.jsonb_build_object('conversation_id', v_conversation.id, 'lead_id', v_conversation.lead_id);

    v_ours := core.known_message(p_in, v_id);
    IF v_ours.id IS NOT NULL THEN
        result := result || pg_catalog.jsonb_build_object('outcome', 'applied', 'message_id', v_ours.id);
        RETURN;
    END IF;

    -- The late echo of a call whose end nobody learnt: same words, no id bound to it yet, and said when it was called. The same words
    -- much later are a person's; how late the provider tells us of them does not matter.
    SELECT b.* INTO v_ours
      FROM core.messages b
     WHERE b.company_id = p_in.company_id AND b.conversation_id = v_conversation.id AND b.status = 'unknown'
       AND b.provider_message_id IS NULL AND b.text IS NOT DISTINCT FROM p_in.item ->> 'text'
       AND coalesce((p_in.item ->> 'written_at')::timestamptz, p_now) <= coalesce(b.called_at, b.created_at) + interval '10 min'
     ORDER BY b.created_at
     LIMIT 1;
    IF FOUND THEN
        events := events || core.end_call(v_conversation, v_ours, 'accepted', v_id, NULL, p_now);
        result := result || pg_catalog.jsonb_build_object('outcome', 'applied', 'message_id', v_ours.id);
        RETURN;
    END IF;

    IF EXISTS (SELECT FROM core.messages b
                WHERE b.company_id = p_in.company_id AND b.conversation_id = v_conversation.id AND b.status = 'sending') THEN
        PERFORM core.keep_mark(p_in, v_id, v_conversation.id, p_now);
        result := result || pg_catalog.jsonb_build_object('outcome', 'kept');
        RETURN;
    END IF;

    SELECT s.* INTO v_person FROM core.store_person_message(v_conversation, p_in.item, p_now) AS s;
    events := events || v_person.events;
    result := result || pg_catalog.jsonb_build_object('outcome', 'stored', 'message_id', v_person.message_id);
END
$$;

-- They run several times for each message, or several times a second. A generic plan is made once a connection and kept: also one that
-- was made while the tables were empty, when reading all of a table looks cheaper than its index.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY[
            'core.receive_messages_v1(jsonb, timestamptz)',
            'core.claim_due_turns_v2(int, interval, timestamptz)',
            'core.hold_turns_v1(uuid[], uuid[], bigint[], interval, timestamptz)',
            'core.release_turns_v1(uuid[], uuid[], bigint[])',
            'core.claim_deliveries_v1(text[], int, interval, timestamptz)',
            'core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz)',
            'core.repeat_bubble_v1(uuid, bigint, interval, interval, timestamptz)',
            'core.settle_bubble_v2(uuid, bigint, text, text, text, interval, timestamptz)',
            'core.release_delivery_v1(uuid, bigint)',
            'core.claim_unknown_bubbles_v1(text[], int, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
    END LOOP;
END
$$;
