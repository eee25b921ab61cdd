-- Delivery: one lease per conversation, bubbles in order, each claimed before and settled after its provider call.
-- Functions only, no locks.

-- What a service calls here runs several times for each bubble, or several times a second. A generic plan is made once a connection and
-- kept: also one that was made while the tables were empty, when reading all of a table looks cheaper than its index. Hence no
-- sequential scans.

-- Looks at the open bubbles of these channels only, and at their conversations by key: what has been delivered costs nothing, however
-- much it is, nor does what waits on other channels, nor what rests because a send was turned away: one token that has expired may hold
-- back all that a company has to say, for days, and is nobody else's affair. The rows to lock are found first and named, so that no plan
-- reads all conversations to join a few.
-- Fair: each round takes the oldest of every company before the second oldest of any. A bubble on the wire of a dead worker
-- counts only when its call can no longer be running, so that nobody spins on it. What is open at a deleted instance can never
-- leave: it is ended here, once, so that no later look comes across it (a sweep brings what rests there).
CREATE FUNCTION core.claim_deliveries_v1(p_channels text[], p_limit int, p_lease interval, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversation_id uuid, instance_id uuid, chat_ref text, channel text, delivery_fence bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    v_companies     uuid[];
    v_conversations uuid[];
    v_oldest        timestamptz[];
    v_wire          boolean[];
    v_overdue       boolean[];
BEGIN
    SELECT array_agg(o.company_id), array_agg(o.conversation_id), array_agg(o.oldest), array_agg(o.on_the_wire), array_agg(o.overdue)
      INTO v_companies, v_conversations, v_oldest, v_wire, v_overdue
      FROM (SELECT m.company_id, m.conversation_id, min(m.created_at) AS oldest, bool_or(m.status = 'sending') AS on_the_wire,
                   bool_or(m.status = 'sending' AND m.call_deadline + interval '5 s' <= p_now) AS overdue
              FROM core.messages m
             WHERE m.status IN ('planned', 'sending') AND m.leaves_by = ANY (p_channels) AND coalesce(m.due_at, '-infinity') <= p_now
             GROUP BY m.company_id, m.conversation_id) AS o;
    IF v_conversations IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH open AS MATERIALIZED (
        SELECT u.company_id, u.conversation_id, u.oldest, u.on_the_wire, u.overdue
          FROM unnest(v_companies, v_conversations, v_oldest, v_wire, v_overdue) AS u (company_id, conversation_id, oldest, on_the_wire, overdue)),
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
    RETURNING c.company_id, c.id, c.instance_id, c.chat_ref, c.channel, c.delivery_fence;
END
$$;
COMMENT ON FUNCTION core.claim_deliveries_v1(text[], int, interval, timestamptz) IS 'Conversations with bubbles to deliver, fairly over active companies, each leased to the caller. Ends what is open at deleted instances. Served by messages_leaving_idx.';

CREATE FUNCTION core.release_delivery_v1(p_conversation uuid, p_delivery_fence bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
BEGIN
    UPDATE core.conversations c SET delivery_lease_until = NULL
     WHERE c.id = p_conversation AND c.delivery_fence = p_delivery_fence
       AND (core.company() IS NULL OR c.company_id = core.company());
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION core.release_delivery_v1(uuid, bigint) IS 'Gives a delivery back before its lease ends; false when it was lost already.';

CREATE FUNCTION core.a_takeover_met(p_conversation core.conversations, p_bubble core.messages) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    RETURN p_conversation.state = 'human' OR EXISTS (
        SELECT FROM core.takeovers t
         WHERE t.company_id = p_bubble.company_id AND t.conversation_id = p_bubble.conversation_id AND t.epoch > p_bubble.call_epoch);
END
$$;
COMMENT ON FUNCTION core.a_takeover_met(core.conversations, core.messages) IS 'Whether a person has the conversation of a bubble on the wire, or had it since its call.';

-- The rest of its reply was dropped when the person came.
CREATE FUNCTION core.drop_met_bubble(p_conversation core.conversations, p_bubble core.messages, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM core.wait_for_another_answer(p_conversation, p_now);
    RETURN pg_catalog.jsonb_build_array(core.bubble_event(p_bubble.company_id, p_bubble.conversation_id, p_bubble.id, p_bubble.reply_id,
        p_bubble.position, 'superseded', p_bubble.trace, p_now));
END
$$;
COMMENT ON FUNCTION core.drop_met_bubble(core.conversations, core.messages, timestamptz) IS 'Tells of a bubble that was not sent and that a takeover met, just superseded; where nothing of its answer was heard, the burst waits for another.';

-- A sender whose claim was cut off does not know whether it was committed; it knows that it called nothing it was not told of. So what
-- its fence put on the wire for the first time never left and is planned again, and what it was to resolve is to be resolved still. The
-- new fence makes void whatever of the old one may yet arrive here: the cut claim itself, or this, sent twice. A turn that ended meanwhile
-- relied on it, as in postpone_bubble.
CREATE FUNCTION core.renew_delivery_v1(p_conversation uuid, p_delivery_fence bigint, p_lease interval,
                                       p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    v_company      constant uuid := core.claimed_company();
    v_conversation core.conversations%ROWTYPE;
    v_bubble       core.messages%ROWTYPE;
    v_met          boolean;
    v_events       jsonb := '[]';
BEGIN
    UPDATE core.conversations c
       SET delivery_fence = c.delivery_fence + 1, delivery_lease_until = p_now + p_lease
     WHERE c.company_id = v_company AND c.id = p_conversation AND c.delivery_fence = p_delivery_fence
    RETURNING c.* INTO v_conversation;
    IF NOT FOUND THEN
        RETURN pg_catalog.jsonb_build_object('delivery_fence', NULL, 'events', v_events);
    END IF;

    SELECT b.* INTO v_bubble
      FROM core.messages b
     WHERE b.company_id = v_company AND b.conversation_id = p_conversation AND b.status = 'sending' AND b.call_fence = p_delivery_fence;
    IF FOUND AND v_bubble.attempts > 1 THEN
        -- As before the claim: nobody's call.
        UPDATE core.messages b SET attempts = b.attempts - 1, call_fence = 0, call_deadline = p_now - interval '5 s'
         WHERE b.company_id = v_company AND b.id = v_bubble.id;
    ELSIF FOUND THEN
        v_met := core.a_takeover_met(v_conversation, v_bubble);
        UPDATE core.messages b
           SET status = CASE WHEN v_met THEN 'superseded' ELSE 'planned' END,
               seen_seq = greatest(b.seen_seq, v_conversation.answered_seq),
               attempts = 0, call_fence = NULL, call_deadline = NULL, called_at = NULL, call_epoch = NULL
         WHERE b.company_id = v_company AND b.id = v_bubble.id;
        v_events := core.decide_early_echoes(v_conversation, p_now);
        IF v_met THEN
            v_events := v_events || core.drop_met_bubble(v_conversation, v_bubble, p_now);
        END IF;
    END IF;
    RETURN pg_catalog.jsonb_build_object('delivery_fence', v_conversation.delivery_fence, 'events', v_events);
END
$$;
COMMENT ON FUNCTION core.renew_delivery_v1(uuid, bigint, interval, timestamptz) IS 'A new fence for a sender whose last claim was cut off and who has nothing on the wire: takes back what that claim may have done. No fence when the delivery is somebody else''s by now.';

-- Arithmetic of the delivery lease. L: the lease a worker asks for (10 s). T: its call's time-out, slack included.
--   waiting:  the conversation is the worker's until now + L; it comes back within L / 2. A killed worker's planned bubbles are
--             claimed by another after at most L.
--   calling:  the worker may begin the call until claim + L (it looks at its clock just before the socket is written), so the call
--             has ended by claim + L + T. That is call_deadline and the end of the conversation's lease. A successor resolves the
--             bubble at claim + L + T + 5 s and not before: 5 s for what is on the wire and for clocks of different speed.
--   settled:  the lease shrinks to at most now + 10 s again, as nothing is on the wire.
-- Locks the conversation row, as take_over_v1 does: what this returns as "send" was allowed at that instant, and after a committed
-- takeover it never returns "send" again.
CREATE FUNCTION core.claim_bubble_v1(p_conversation uuid, p_delivery_fence bigint, p_lease interval, p_call_timeout interval,
                                     p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (verdict text, bubble_id uuid, reply_id uuid, "position" int, kind text, text text, media jsonb, pace_ms int, wait_ms int,
                   attempt int, events jsonb)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
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
    ELSIF FOUND AND v_bubble.attempts < 3
          -- A person who has answered meanwhile is not followed by what the machine had to say before.
          AND NOT core.a_takeover_met(v_conversation, v_bubble)
          -- Newer words end a repeat that was held back as they drop what is planned; so does time, though a claim may come a little late.
          AND NOT (v_bubble.call_fence = 0
                   AND (p_now > v_bubble.called_at + interval '11 min'
                        OR v_bubble.purpose IN ('answer', 'follow_up', 'first_contact') AND v_conversation.inbound_seq > v_bubble.seen_seq)) THEN
        verdict := 'resolve';
    ELSE
        IF FOUND THEN
            -- Nobody may call again (a person has or had the conversation, the lead has gone on, it is too late) or three workers have died
            -- on it: listed as unknown, unless its echo came meanwhile.
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
               called_at = CASE verdict WHEN 'send' THEN p_now ELSE coalesce(b.called_at, b.created_at) END,
               call_epoch = CASE verdict WHEN 'send' THEN v_conversation.epoch ELSE b.call_epoch END
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

-- Where a provider cannot be asked, a text whose call ended unseen is said once more: a call of its own, with a deadline of its own.
CREATE FUNCTION core.repeat_bubble_v1(p_bubble uuid, p_delivery_fence bigint, p_lease interval, p_call_timeout interval,
                                      p_now timestamptz DEFAULT clock_timestamp()) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    v_company constant uuid := core.claimed_company();
BEGIN
    -- Not once a person has the conversation, or had it since the call: then the repeat would talk over them, or come after what they
    -- left to be answered.
    UPDATE core.conversations c SET delivery_lease_until = p_now + p_lease + p_call_timeout
      FROM core.messages b
     WHERE b.company_id = v_company AND b.id = p_bubble AND c.company_id = v_company AND c.id = b.conversation_id
       AND c.delivery_fence = p_delivery_fence AND c.state <> 'human'
       AND (c.epoch = b.call_epoch OR NOT core.a_takeover_met(c, b))
       AND EXISTS (SELECT FROM core.companies k WHERE k.id = v_company AND k.status = 'active');
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE core.messages b SET attempts = b.attempts + 1, call_deadline = p_now + p_lease + p_call_timeout
     WHERE b.company_id = v_company AND b.id = p_bubble AND b.status = 'sending' AND b.call_fence = p_delivery_fence;
    RETURN FOUND;
END
$$;
COMMENT ON FUNCTION core.repeat_bubble_v1(uuid, bigint, interval, interval, timestamptz) IS 'Counts and allows a second call for a bubble on the wire of the caller; false when it must not be made.';

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

-- accepted: the provider has it (its id). refused: it never will. unknown: nobody can tell. later: certainly not sent, try again after
-- a growing wait, or after what the provider asked for, for 72 hours after it was planned: a weekend without a connection or with a
-- token that has expired costs no reply; what cannot be sent by then is refused. What a worker knows to be accepted is written even
-- after it lost its lease: it is a fact. A worker knows its own call only: where an earlier one ended unseen, "not sent" (refused,
-- later) is not known of the bubble. A repeat that was held back (later) waits as any call does, but not beyond ten minutes after the
-- first call nor for a person who has the conversation: the lead would hear old words twice. Repeatable: a worker whose answer from
-- here was lost asks again and is told that it is settled.
CREATE FUNCTION core.settle_bubble_v2(p_bubble uuid, p_delivery_fence bigint, p_outcome text, p_provider_message_id text, p_reason text,
                                      p_retry_after interval, p_now timestamptz DEFAULT clock_timestamp()) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    v_company      constant uuid := core.claimed_company();
    v_conversation core.conversations%ROWTYPE;
    v_bubble       core.messages%ROWTYPE;
    v_echo         text;
    v_events       jsonb;
    v_outcome      text := p_outcome;
    v_wait         interval;
    v_asked        interval;
    v_due          timestamptz;
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

    IF p_outcome = 'later' THEN
        -- 5 s, 10 s, 20 s … five minutes; longer when the provider asks for it, up to an hour. What was turned away together comes back
        -- apart: up to a fifth sooner than the wait has grown to, a little later than was asked for, and never before that.
        v_wait := least(interval '5 s' * power(2, least(v_bubble.postponed, 10)), interval '5 min');
        v_asked := least(coalesce(p_retry_after, interval '0'), interval '1 hour');
        v_due := p_now + greatest(v_wait, v_asked);
        IF (CASE WHEN v_conversation.state = 'human' THEN v_bubble.attempts <= 1
                 WHEN v_bubble.attempts <= 1 THEN v_due <= v_bubble.created_at + interval '72 hours'
                 ELSE v_due <= v_bubble.called_at + interval '10 min' END) THEN
            v_asked := v_asked + least(v_asked / 5, interval '10 s') * random();
            v_due := p_now + greatest(v_wait * (1 - random() / 5), v_asked);
            RETURN pg_catalog.jsonb_build_object('settled', true,
                'events', core.postpone_bubble(v_conversation, v_bubble, p_reason, v_due, p_now + v_asked, p_now));
        END IF;
        v_outcome := 'refused';
    END IF;
    IF v_bubble.attempts > 1 AND v_outcome = 'refused' THEN
        v_outcome := 'unknown';
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
    -- What was turned away and leaves now shows that its instance works again, if nobody else tells: what rests there need not wait as long
    -- as it has grown to. Not twice within those five minutes, or a provider that takes only some would be tried many times as often.
    IF v_outcome = 'accepted' AND v_bubble.postponed > 0 THEN
        UPDATE core.channel_instances i SET mended_at = p_now
         WHERE i.company_id = v_company AND i.id = v_conversation.instance_id AND coalesce(i.mended_at <= p_now - interval '5 min', true);
    END IF;
    RETURN pg_catalog.jsonb_build_object('settled', true, 'events', v_events);
END
$$;
COMMENT ON FUNCTION core.settle_bubble_v2(uuid, bigint, text, text, text, interval, timestamptz) IS 'How a provider call ended: accepted, refused, unknown or later (not before p_retry_after), which is refused 72 hours after the bubble was planned. After a call that ended unseen refused is unknown, and so is later once ten minutes are over or a person has the conversation. Binds the provider''s id, applies what was said of it before, and decides early echoes. Accepted after it had rested, it marks its instance as mended.';

-- A bubble that an earlier call may have brought stays on the wire, as nobody's call: it is neither dropped nor sent as new, and who
-- claims it when it is due resolves it. One that a person came upon while it was on the wire is dropped with the rest of its reply, also
-- when the conversation has been given back meanwhile; what could not be told then is told now: nobody has heard that reply.
-- A turn that ended while it was on the wire took it for said: the words of that turn are none that it has not seen. Only words after
-- them drop it, and the turn that answers those knows of it. What no words were to drop is dropped by words from now on, or such bubbles
-- would collect while the conversation rests.
CREATE FUNCTION core.postpone_bubble(p_conversation core.conversations, p_bubble core.messages, p_reason text, p_due timestamptz,
                                     p_asked_until timestamptz, p_now timestamptz) RETURNS jsonb
    LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_status constant text := CASE WHEN p_bubble.attempts > 1 THEN 'sending'
                                   WHEN core.a_takeover_met(p_conversation, p_bubble) THEN 'superseded' ELSE 'planned' END;
    v_events jsonb;
BEGIN
    UPDATE core.messages b
       SET status = v_status, failure = p_reason, due_at = p_due, attempts = b.attempts - 1, postponed = b.postponed + 1,
           seen_seq = greatest(least(b.seen_seq, p_conversation.inbound_seq),
                               CASE WHEN v_status <> 'sending' THEN p_conversation.answered_seq END),
           call_fence = CASE v_status WHEN 'sending' THEN 0 END,
           call_deadline = CASE v_status WHEN 'sending' THEN p_due - interval '5 s' END
     WHERE b.company_id = p_bubble.company_id AND b.id = p_bubble.id;
    -- The delivery ends here, whosever it is by now: a new fence, and nobody claims the conversation before it is worth trying. Who claimed
    -- it because its sender was late has called nobody, as this was on the wire, and would only hold a place until the rest is over.
    UPDATE core.conversations c
       SET delivery_fence = c.delivery_fence + 1, delivery_lease_until = p_due,
           rests_since = CASE v_status WHEN 'sending' THEN p_now ELSE coalesce(p_bubble.called_at, p_now) END, rests_until = p_due,
           asked_to_rest_until = p_asked_until
     WHERE c.company_id = p_conversation.company_id AND c.id = p_conversation.id;
    UPDATE core.messages b SET due_at = p_due, seen_seq = least(b.seen_seq, p_conversation.inbound_seq)
     WHERE b.company_id = p_conversation.company_id AND b.conversation_id = p_conversation.id AND b.status = 'planned'
       AND b.id <> p_bubble.id;
    IF v_status = 'sending' THEN
        RETURN '[]';
    END IF;
    v_events := core.decide_early_echoes(p_conversation, p_now);
    IF v_status = 'superseded' THEN
        v_events := v_events || core.drop_met_bubble(p_conversation, p_bubble, p_now);
    END IF;
    RETURN v_events;
END
$$;
COMMENT ON FUNCTION core.postpone_bubble(core.conversations, core.messages, text, timestamptz, timestamptz, timestamptz) IS 'Puts back a bubble whose call was certainly not made, and gives the attempt back; dropped instead when a person has or had the conversation since.';

-- The words tell, and the time, as in unanswered_call: what was written before this call belongs to an
-- older one that is unanswered, if there is one.
CREATE FUNCTION core.early_echo(p_bubble core.messages) RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE
    v_called constant timestamptz := coalesce(p_bubble.called_at, p_bubble.created_at);
BEGIN
    RETURN (
    SELECT k.provider_message_id
      FROM core.pending_marks k, LATERAL (SELECT coalesce((k.item ->> 'written_at')::timestamptz, k.created_at) AS at) AS written
     WHERE k.company_id = p_bubble.company_id AND k.conversation_id = p_bubble.conversation_id AND k.what = 'echo'
       AND k.item ->> 'text' IS NOT DISTINCT FROM p_bubble.text
       AND written.at BETWEEN v_called - interval '2 min' AND v_called + interval '10 min'
       AND (written.at >= pg_catalog.date_trunc('second', v_called)
            OR NOT EXISTS (
               SELECT FROM core.messages b
                WHERE b.company_id = p_bubble.company_id AND b.conversation_id = p_bubble.conversation_id AND b.status = 'unknown'
                  AND b.provider_message_id IS NULL AND b.id <> p_bubble.id AND b.text IS NOT DISTINCT FROM p_bubble.text
                  AND written.at BETWEEN coalesce(b.called_at, b.created_at) - interval '2 min'
                                     AND coalesce(b.called_at, b.created_at) + interval '10 min'))
     ORDER BY k.created_at
     LIMIT 1);
END
$$;
COMMENT ON FUNCTION core.early_echo(core.messages) IS 'The id of the echo of a bubble that came while its call was on the wire; null when none did.';

-- Waits 5 s, 10 s, 20 s, 40 s, 80 s: each as long as it has been unknown, for two minutes after its call must have ended. Then only an
-- echo can tell, and the bubble stays in the list of unknown ones.
CREATE FUNCTION core.claim_unknown_bubbles_v1(p_channels text[], p_limit int, p_now timestamptz DEFAULT clock_timestamp())
    RETURNS TABLE (company_id uuid, conversation_id uuid, instance_id uuid, chat_ref text, bubble_id uuid, text text, called_at timestamptz,
                   last_look boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH due AS MATERIALIZED (
        SELECT m.company_id, m.id, c.id AS conversation_id, c.instance_id, c.chat_ref
          FROM core.messages m
          JOIN core.conversations c ON c.company_id = m.company_id AND c.id = m.conversation_id
         WHERE m.look_again_at IS NOT NULL AND m.look_again_at <= p_now AND m.status = 'unknown' AND c.channel = ANY (p_channels)
         ORDER BY m.look_again_at
         LIMIT p_limit
           FOR UPDATE OF m SKIP LOCKED)
    UPDATE core.messages m
       SET look_again_at = CASE WHEN w.next <= greatest(m.call_deadline, m.sent_at) + interval '2 min' THEN w.next END
      FROM due d, LATERAL (SELECT p_now + greatest(interval '5 s', p_now - x.sent_at) AS next
                             FROM core.messages x WHERE x.company_id = d.company_id AND x.id = d.id) AS w
     WHERE m.company_id = d.company_id AND m.id = d.id
    RETURNING m.company_id, d.conversation_id, d.instance_id, d.chat_ref, m.id, m.text, coalesce(m.called_at, m.created_at),
              m.look_again_at IS NULL;
END
$$;
COMMENT ON FUNCTION core.claim_unknown_bubbles_v1(text[], int, timestamptz) IS 'Unknown bubbles to ask the provider about now; what is found is settled as accepted. Served by messages_looking_idx.';

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['core.claim_deliveries_v1(text[], int, interval, timestamptz)', 'core.release_delivery_v1(uuid, bigint)',
            'core.renew_delivery_v1(uuid, bigint, interval, timestamptz)', 'core.a_takeover_met(core.conversations, core.messages)',
            'core.drop_met_bubble(core.conversations, core.messages, timestamptz)',
            'core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz)',
            'core.repeat_bubble_v1(uuid, bigint, interval, interval, timestamptz)',
            'core.next_bubble(core.conversations, timestamptz)',
            'core.settle_bubble_v2(uuid, bigint, text, text, text, interval, timestamptz)',
            'core.postpone_bubble(core.conversations, core.messages, text, timestamptz, timestamptz, timestamptz)',
            'core.early_echo(core.messages)', 'core.claim_unknown_bubbles_v1(text[], int, timestamptz)']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO core_delivery', f);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION core.claim_deliveries_v1(text[], int, interval, timestamptz), core.release_delivery_v1(uuid, bigint),
    core.renew_delivery_v1(uuid, bigint, interval, timestamptz), core.claim_bubble_v1(uuid, bigint, interval, interval, timestamptz),
    core.settle_bubble_v2(uuid, bigint, text, text, text, interval, timestamptz) TO runtime_app, evolution_app;
GRANT EXECUTE ON FUNCTION core.repeat_bubble_v1(uuid, bigint, interval, interval, timestamptz) TO runtime_app;
GRANT EXECUTE ON FUNCTION core.claim_unknown_bubbles_v1(text[], int, timestamptz) TO evolution_app;
